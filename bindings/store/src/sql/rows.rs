//! Rows read back: turns, with their personal data.

use frontdesk::{Code, Problem};

use super::{Sql, SqlLog, Value, unexpected};
use crate::digest::Digest;
use crate::entry::StoredTurn;

impl<S: Sql> SqlLog<S> {
    /// Reads turns by a query whose columns are the number, the digest and the text.
    pub(super) fn turns_by(&mut self, desk: &str, query: &str, values: &[Value]) -> Result<Vec<StoredTurn>, Problem> {
        let rows = self.sql.query(query, values)?;
        self.stored(desk, rows)
    }

    /// Returns the turns of rows, with their personal data, in the order of their numbers.
    pub(super) fn stored(&mut self, desk: &str, rows: Vec<Vec<Value>>) -> Result<Vec<StoredTurn>, Problem> {
        let mut turns = rows.into_iter().map(turn).collect::<Result<Vec<_>, _>>()?;
        turns.sort_unstable_by_key(|stored| stored.turn);
        self.add_personal(desk, &mut turns)?;
        Ok(turns)
    }

    /// Adds the personal data of turns that are in the order of their numbers.
    fn add_personal(&mut self, desk: &str, turns: &mut [StoredTurn]) -> Result<(), Problem> {
        let has_any = |turn: &&StoredTurn| turn.body.as_ref().is_some_and(|body| body.contains(REFERENCE));
        let numbers = || turns.iter().filter(has_any).map(|turn| turn.turn);
        let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else { return Ok(()) };
        let rows = self.sql.query(
            "SELECT turn, personal FROM frontdesk_subjects \
             WHERE desk = ? AND turn >= ? AND turn <= ? AND of_snapshot = 0 ORDER BY turn",
            &[desk.into(), first.into(), last.into()],
        )?;
        for row in rows {
            let [turn, personal] = columns(row)?;
            let turn = number(&turn)?;
            if let Ok(place) = turns.binary_search_by_key(&turn, |stored| stored.turn) {
                turns[place].personal.push(personal.text()?);
            }
        }
        Ok(())
    }
}

/// The beginning of a reference to personal data in the text of a turn.
const REFERENCE: &str = "{\"personal\":";

fn turn(row: Vec<Value>) -> Result<StoredTurn, Problem> {
    let [turn, digest, body] = columns(row)?;
    Ok(StoredTurn {
        turn: number(&turn)?,
        digest: self::digest(digest)?,
        body: body.maybe_text()?,
        personal: Vec::new(),
    })
}

/// Returns the columns of a row.
pub fn columns<const N: usize>(row: Vec<Value>) -> Result<[Value; N], Problem> {
    row.try_into().map_err(|_| unexpected("another number of columns"))
}

/// Returns the number of a turn.
pub fn number(value: &Value) -> Result<u64, Problem> {
    u64::try_from(value.integer()?).map_err(|_| unexpected("a negative number"))
}

/// Returns the number of a turn, if there is one.
pub fn maybe_number(value: &Value) -> Result<Option<u64>, Problem> {
    let number = value.maybe_integer()?.map(u64::try_from).transpose();
    number.map_err(|_| unexpected("a negative number"))
}

pub fn digest(value: Value) -> Result<Digest, Problem> {
    let text = value.text()?;
    text.parse().map_err(|_| Problem::new(Code::DamagedLog, format!("{text:?} is not a digest")))
}
