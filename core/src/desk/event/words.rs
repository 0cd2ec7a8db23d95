//! The words of events: changes of the document, notices, and reasons.

use crate::problem::vocabulary;

vocabulary! {
    /// The commands that change the document.
    #[non_exhaustive]
    pub enum ChangeType {
        /// The working hours of an agent.
        SetWorkingHours = "set_working_hours",
        /// The hours of an agent on certain dates.
        SetDateHours = "set_date_hours",
        /// The absences of an agent.
        SetOutOfOffice = "set_out_of_office",
        /// A new or replaced agent.
        PutAgent = "put_agent",
        /// A new or replaced team.
        PutTeam = "put_team",
        /// A new or replaced inbox.
        PutInbox = "put_inbox",
        /// A new or replaced holiday.
        PutHoliday = "put_holiday",
        /// Parts of the document.
        Configure = "configure",
        /// A removed agent.
        RemoveAgent = "remove_agent",
        /// A removed team.
        RemoveTeam = "remove_team",
        /// A removed inbox.
        RemoveInbox = "remove_inbox",
        /// A removed holiday.
        RemoveHoliday = "remove_holiday",
    }
}

vocabulary! {
    /// The reason for a notice.
    #[non_exhaustive]
    pub enum NoticeKind {
        /// Another agent set the agent away.
        SetAwayByOther = "set_away_by_other",
        /// The agent is away because offers were missed.
        MissedOffers = "missed_offers",
    }
}

vocabulary! {
    /// The reason for an assignment without a rule.
    #[non_exhaustive]
    pub enum AssignedBecause {
        /// It was assigned by hand.
        ByHand = "by_hand",
        /// The agent replied to it.
        Replied = "replied",
        /// The agent held it before it was closed or snoozed.
        HeldBefore = "held_before",
    }
}

vocabulary! {
    /// The reason why a conversation is unassigned.
    #[non_exhaustive]
    pub enum UnassignedBecause {
        /// No rule of the channel applies to it.
        NoRule = "no_rule",
        /// The rule leaves it unassigned after its last step.
        Otherwise = "otherwise",
        /// It reached the waiting limit of its channel.
        WaitingLimit = "waiting_limit",
        /// It was released by hand.
        Released = "released",
        /// It was given to a team, to be distributed among its members.
        Distributed = "distributed",
        /// The agent who held it set their own status to away.
        AgentAway = "agent_away",
        /// The working hours of the agent who held it ended, or a holiday began.
        ShiftEnded = "shift_ended",
        /// The agent who held it went out of office.
        OutOfOffice = "out_of_office",
        /// The agent who held it, or the team it was assigned to, was removed.
        Removed = "removed",
        /// The agent who held it, or everyone in the team it was assigned to, lost access to its inbox.
        NoInboxAccess = "no_inbox_access",
        /// It was transferred to a channel, to be routed there.
        Transferred = "transferred",
    }
}

vocabulary! {
    /// The reason why a conversation was closed that nobody closed.
    #[non_exhaustive]
    pub enum ClosedBecause {
        /// A bot had it, and the contact did not write any more.
        BotIdle = "bot_idle",
    }
}

vocabulary! {
    /// The part of a waiting limit that a conversation reached.
    #[non_exhaustive]
    pub enum ReachedLimit {
        /// As many waited in its channel as may wait.
        AtMost = "at_most",
        /// It had waited for the longest time.
        Longest = "longest",
    }
}
