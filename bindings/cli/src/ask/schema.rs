//! `frontdesk schema`: the form of what is read and written.

use frontdesk::schema;

use crate::args::{Schema, SchemaOf};
use crate::failure::Failure;
use crate::show::print;

/// Prints a schema, as editors and validators want it.
pub fn schema(schema: &Schema) -> Result<(), Failure> {
    Ok(print(match schema.of {
        SchemaOf::Document => schema::DOCUMENT,
        SchemaOf::Command => schema::COMMAND,
        SchemaOf::Event => schema::EVENT,
        SchemaOf::Published => schema::PUBLISHED,
    })?)
}
