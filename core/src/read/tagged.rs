//! Enums that are told by a key of the object that they lie in.

/// Declares an enum whose variants are told by a word under a key, beside their fields: `Variant { … } = "word"`.
///
/// The list gives the enum, the enum of its words, `word`, `as_str`, and how it is written and read. A field that lies in the
/// same object says by which key it is known to be there: `details: Details = flatten "inbox"`.
///
/// Reading goes by the list too, and not by `serde(tag)` with `serde(flatten)`, which take a wrong field that may be absent
/// for one that is.
macro_rules! tagged {
    (
        $(#[$meta:meta])*
        pub enum $name:ident, told by $words:ident under $tag:literal {
            $(
                $(#[$variant_meta:meta])*
                $variant:ident $({
                    $($(#[$field_meta:meta])* $field:ident: $type:ty $(= $flatten:ident $beside:literal)?),* $(,)?
                })? = $text:literal,
            )*
        }
    ) => {
        $crate::problem::vocabulary! {
            $(#[$meta])*
            #[derive(serde::Serialize)]
            #[serde(tag = $tag, rename_all = "snake_case")]
            pub enum $name, told by $words {
                $(
                    $(#[$variant_meta])*
                    $variant $({ $($(#[$field_meta])* $(#[serde($flatten)])? $field: $type,)* })? = $text,
                )*
            }
        }

        impl $name {
            /// Reads one from the object that it lies in.
            pub(crate) fn read(object: &$crate::read::Node) -> Result<Self, $crate::read::Wrong> {
                Ok(match object.field($tag)? {
                    $($words::$variant => $name::$variant $({
                        $($field: $crate::read::tagged!(@field object $field $($beside)?),)*
                    })?,)*
                })
            }
        }
    };
    (@field $object:ident $field:ident) => { $object.field(stringify!($field))? };
    (@field $object:ident $field:ident $beside:literal) => { $object.beside($beside)? };
}
pub(crate) use tagged;
