//! Enums whose variant is named by a key of the object that has their fields.

/// Declares an enum that is written as an object: the word of the variant under a key, and the fields beside it.
/// A variant is declared as `Variant { … } = "word"`.
///
/// The list gives the enum, the enum of its words, `word`, `as_str`, the writing and the reading. A field whose own fields are
/// in the same object names a key that is there if the field is: `details: Details = flatten "inbox"`. A field that is not read
/// as its type is names a function that reads it by its key: `until: Option<Instant> => end_in_sight::read`.
///
/// The list is used for reading, too, because `serde(tag)` with `serde(flatten)` takes an optional field with a problem for
/// an absent one.
macro_rules! tagged {
    (
        $(#[$meta:meta])*
        pub enum $name:ident, tagged by $words:ident under $tag:literal {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident $({
                    $($(#[$field_meta:meta])* $field:ident: $type:ty $(= $flatten:ident $beside:literal)? $(=> $read:path)?),* $(,)?
                })? = $text:literal,
            )*
        }
    ) => {
        $crate::problem::vocabulary! {
            $(#[$meta])*
            #[derive(serde::Serialize)]
            #[serde(tag = $tag, rename_all = "snake_case")]
            pub enum $name, tagged by $words {
                $(
                    $(#[$variant_meta])*
                    $variant $({ $($(#[$field_meta])* $(#[serde($flatten)])? $field: $type,)* })? = $text,
                )*
            }
        }

        impl $name {
            /// Reads a value from its object.
            pub(crate) fn read(object: &$crate::read::Node) -> Result<Self, $crate::read::Wrong> {
                Ok(match object.field($tag)? {
                    $($words::$variant => $name::$variant $({
                        $($field: $crate::read::tagged!(@field object $field $($beside)? $($read)?),)*
                    })?,)*
                })
            }
        }
    };
    (@field $object:ident $field:ident) => { $object.field(stringify!($field))? };
    (@field $object:ident $field:ident $beside:literal) => { $object.beside($beside)? };
    (@field $object:ident $field:ident $read:path) => { $read($object, stringify!($field))? };
}
pub(crate) use tagged;
