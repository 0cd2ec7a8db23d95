//! The place at which two documents differ first.

use crate::read::{Node, Segment, path_text};

/// Returns the path of the first value that differs between two values, in the order of the first one.
pub(in crate::desk) fn first_difference(one: &Node, other: &Node) -> Option<String> {
    let mut path = Vec::new();
    descend(one, other, &mut path).then(|| path_text(&path))
}

/// Goes down to the first difference; the path leads to it if there is one.
fn descend(one: &Node, other: &Node, path: &mut Vec<Segment>) -> bool {
    match (one, other) {
        (Node::Object(ours), Node::Object(theirs)) => {
            let missing = theirs.iter().filter(|(key, _)| one.get(key).is_none());
            let keys = ours.iter().chain(missing).map(|(key, _)| key);
            keys.into_iter().any(|key| under(Segment::nth(key, 0), one.get(key), other.get(key), path))
        }
        (Node::List(ours), Node::List(theirs)) => {
            let most = ours.len().max(theirs.len());
            (0..most).any(|index| under(Segment::Index(index), ours.get(index), theirs.get(index), path))
        }
        (one, other) => one != other,
    }
}

fn under(segment: Segment, one: Option<&Node>, other: Option<&Node>, path: &mut Vec<Segment>) -> bool {
    path.push(segment);
    let differs = match (one, other) {
        (Some(one), Some(other)) => descend(one, other, path),
        (one, other) => one.is_some() || other.is_some(),
    };
    if !differs {
        path.pop();
    }
    differs
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_first_difference_has_its_path() {
        let document = json!({"agents": [{"id": "a"}, {"id": "b"}], "time_zone": "UTC"});
        for (other, path) in [
            (document.clone(), None),
            (json!({"agents": [{"id": "a"}, {"id": "c"}], "time_zone": "UTC"}), Some("$.agents[1].id")),
            (json!({"agents": [{"id": "a"}], "time_zone": "UTC"}), Some("$.agents[1]")),
            (json!({"agents": [{"id": "a"}, {"id": "b"}, 1], "time_zone": "UTC"}), Some("$.agents[2]")),
            (json!({"agents": [{"id": "a"}, {"id": "b"}]}), Some("$.time_zone")),
            (json!({"agents": [{"id": "a"}, {"id": "b"}], "time_zone": "UTC", "x-a": 1}), Some("$.x-a")),
            (json!([]), Some("$")),
        ] {
            let found = first_difference(&document.clone().into(), &other.into());
            assert_eq!(found.as_deref(), path);
        }
    }
}
