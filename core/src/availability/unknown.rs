//! The problems of names that a desk does not have, or that an agent may not see.

use crate::problem::{Code, Problem, shortened};

pub(crate) fn unknown_agent(id: &str) -> Problem {
    Problem::new(Code::UnknownAgent, format!("there is no agent {id:?}", id = shortened(id)))
}

pub(crate) fn unknown_team(id: &str) -> Problem {
    Problem::new(Code::UnknownTeam, format!("there is no team {id:?}", id = shortened(id)))
}

pub(crate) fn unknown_inbox(id: &str) -> Problem {
    Problem::new(Code::UnknownInbox, format!("there is no inbox {id:?}", id = shortened(id)))
}

#[cfg(feature = "routing")]
pub(crate) fn unknown_holiday(id: &str) -> Problem {
    Problem::new(Code::UnknownHoliday, format!("there is no holiday {id:?}", id = shortened(id)))
}

pub(crate) fn no_access(agent: &str, inbox: &str) -> Problem {
    Problem::new(
        Code::NoInboxAccess,
        format!("{agent} has no access to the inbox {inbox}", agent = shortened(agent), inbox = shortened(inbox)),
    )
}
