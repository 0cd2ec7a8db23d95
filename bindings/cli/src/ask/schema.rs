//! `frontdesk schema`: the JSON Schemas of formats and answers.

use frontdesk::schema;

use crate::args::Schema;
use crate::failure::Failure;
use crate::show::print;

/// Prints a schema, for editors and validators.
pub fn schema(options: &Schema) -> Result<(), Failure> {
    let text = schema::ALL.into_iter().find(|(name, _)| *name == options.of).map(|(_, text)| text);
    Ok(print(text.unwrap_or_default())?)
}
