//! All problems of an input at once.

use std::fmt;
use std::ops::Deref;

use serde::Serialize;

use super::{Code, Problem};

/// All problems of an input, at least one, in the order of the text. Displayed with one problem a line; serialized as a
/// list.
///
/// Implements `Error`, so that `?` passes it on.
///
/// ```
/// use frontdesk::{Code, Desk};
///
/// fn open(text: &str) -> Result<Desk, Box<dyn std::error::Error>> {
///     Ok(Desk::from_json(text)?)
/// }
///
/// let problems = Desk::from_json(r#"{"version": 1, "time_zone": "UTX", "agent": []}"#).unwrap_err();
/// assert_eq!(problems.iter().map(|it| it.code).collect::<Vec<_>>(), [Code::UnknownZone, Code::UnknownKey]);
/// assert_eq!(
///     open(r#"{"version": 1, "time_zone": "UTX", "agent": []}"#).unwrap_err().to_string(),
///     "unknown_zone: there is no time zone \"UTX\" at $.time_zone (line 1, column 29); did you mean UTC?\n\
///      unknown_key: there is no key \"agent\" here at $.agent (line 1, column 36); did you mean agents?"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Problems(Vec<Problem>);

impl From<Vec<Problem>> for Problems {
    /// An empty list becomes a list with one problem, because a refused input has at least one.
    fn from(mut problems: Vec<Problem>) -> Self {
        if problems.is_empty() {
            problems.push(Problem::new(Code::InvalidValue, "this cannot be read"));
        }
        Problems(problems)
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Problems(vec![problem])
    }
}

impl From<Problems> for Vec<Problem> {
    fn from(problems: Problems) -> Self {
        problems.0
    }
}

impl Deref for Problems {
    type Target = [Problem];

    fn deref(&self) -> &[Problem] {
        &self.0
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Severity;

    #[test]
    fn are_never_none() {
        assert_eq!(Problems::from(Vec::new()).len(), 1);
        let problem = Problem::new(Code::InvalidValue, "a");
        assert_eq!(Problems::from(problem.clone()), Problems::from(vec![problem]));
    }

    #[test]
    fn say_whether_they_stand_in_the_way() {
        let warning = Problem::new(Code::NoEffect, "a");
        assert!(warning.is_warning());
        assert_eq!(warning.to_string(), "warning: no_effect: a");
        assert_eq!(
            serde_json::to_string(&warning).unwrap(),
            r#"{"code":"no_effect","severity":"warning","message":"a"}"#
        );
        assert_eq!(warning.as_error().to_string(), "no_effect: a");
        assert!(!Problem::new(Code::InvalidValue, "a").is_warning());
        for severity in Severity::ALL {
            assert_eq!(serde_json::to_string(&severity).unwrap(), format!("\"{severity}\""));
        }
    }

    #[test]
    fn are_a_list_in_json() {
        let problems = Problems::from(Problem::new(Code::InvalidValue, "a"));
        assert_eq!(
            serde_json::to_string(&problems).unwrap(),
            r#"[{"code":"invalid_value","severity":"error","message":"a"}]"#
        );
    }
}
