//! Words of the format: an enum, and everything that follows from its list of words.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};

use super::{Code, Problem, shortened};

/// A word of a vocabulary.
pub(crate) trait Word: Copy + 'static {
    /// All words in the order of their declaration.
    const ALL: &'static [Self];

    /// Their spellings in JSON, in the same order.
    const TEXTS: &'static [&'static str];

    /// Returns the word with a spelling.
    fn find(text: &str) -> Option<Self> {
        let place = Self::TEXTS.iter().position(|word| *word == text)?;
        Self::ALL.get(place).copied()
    }
}

/// Reads a word back.
pub(crate) struct WordVisitor<W>(pub PhantomData<W>);

impl<W: Word> Visitor<'_> for WordVisitor<W> {
    type Value = W;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<W, E> {
        W::find(text).ok_or_else(|| E::unknown_variant(text, W::TEXTS))
    }
}

/// Returns the problem of a text that is not a word.
pub(crate) fn unknown_word(code: Code, text: &str, all: &[&str]) -> Problem {
    let message = format!("{:?} is none of {}", shortened(text), some_of(all));
    Problem::new(code, message).suggesting(text, all.iter().copied())
}

/// Returns words in a row, the first of them where they are many: a message is no page.
pub(crate) fn some_of(all: &[&str]) -> String {
    const MOST: usize = 24;
    match all.split_at_checked(MOST) {
        Some((first, rest)) if !rest.is_empty() => format!("{} and {} others", first.join(", "), rest.len()),
        _ => all.join(", "),
    }
}

/// Declares an enum by its words: `Variant = "text"`.
///
/// The list gives the enum, `ALL`, `as_str`, `Display`, `FromStr`, serde's traits, the reading of documents ([`Word`]) and
/// the JSON Schema. Adding a word takes one line; the compiler finds the matches that lack it.
///
/// The variants of `pub enum Kinds, tagged by Name` may have fields. The words are then in an enum of their own, `Name`, which
/// `word` returns. An enum with fields declares the derives it needs, and its schema has to name the variants with serde's
/// `rename_all`.
///
/// The variants of `pub enum Kinds, written as Name { … } or as an object { … }` are either words, in the enum `Name`, or
/// objects, whose reading, writing and schema are declared beside. `Variant = "text" (default)` marks the default of
/// `derive(Default)`.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$word_meta:meta])* $word:ident = $text:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        $visibility enum $name {
            $($(#[$word_meta])* #[cfg_attr(feature = "schema", schemars(rename = $text))] $word,)*
        }

        impl $name {
            /// All of them, in the order of their declaration.
            pub const ALL: &'static [$name] = &[$($name::$word),*];

            /// The spelling in JSON and on the command line.
            #[allow(clippy::indexing_slicing, reason = "each word has a text")]
            pub const fn as_str(self) -> &'static str {
                <Self as $crate::problem::Word>::TEXTS[self as usize]
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::problem::Problem;

            /// The word of that spelling; the problem of another text is an `invalid_value`.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                use $crate::problem::{Code, Word, unknown_word};
                <$name as Word>::find(text).ok_or_else(|| unknown_word(Code::InvalidValue, text, Self::TEXTS))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::problem::WordVisitor(std::marker::PhantomData))
            }
        }

        impl $crate::problem::Word for $name {
            const ALL: &'static [Self] = $name::ALL;
            const TEXTS: &'static [&'static str] = &[$($text),*];
        }
    };
    (
        $(#[$meta:meta])*
        pub enum $name:ident, tagged by $words:ident {
            $($(#[$variant_meta:meta])* $variant:ident $({ $($fields:tt)* })? = $text:literal,)*
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $(
                $(#[$variant_meta])*
                #[cfg_attr(feature = "schema", schemars(rename = $text))]
                $variant $({ $($fields)* })?,
            )*
        }

        impl $name {
            /// The word of its variant.
            pub const fn word(&self) -> $words {
                match self {
                    $($name::$variant { .. } => $words::$variant,)*
                }
            }

            /// The spelling of its word in JSON and on the command line.
            pub const fn as_str(&self) -> &'static str {
                self.word().as_str()
            }
        }

        $crate::problem::vocabulary! {
            #[doc = concat!("The words of [`", stringify!($name), "`].")]
            #[non_exhaustive]
            pub enum $words {
                $(#[doc = concat!("The word of [`", stringify!($name), "::", stringify!($variant), "`].")] $variant = $text,)*
            }
        }
    };
    (
        $(#[$meta:meta])*
        pub enum $name:ident, written as $words:ident {
            $($(#[$word_meta:meta])* $word:ident = $text:literal $(($mark:meta))?,)*
        } or as an object {
            $($(#[$object_meta:meta])* $object:ident $({ $($fields:tt)* })? $(($($tuple:tt)*))?,)*
        }
    ) => {
        $(#[$meta])*
        pub enum $name {
            $($(#[$word_meta])* $(#[$mark])? $word,)*
            $($(#[$object_meta])* $object $({ $($fields)* })? $(($($tuple)*))?,)*
        }

        impl $name {
            /// The word that it is written as; `None` for an object.
            const fn word(&self) -> Option<$words> {
                match self {
                    $($name::$word => Some($words::$word),)*
                    $($name::$object { .. } => None,)*
                }
            }
        }

        impl From<$words> for $name {
            fn from(word: $words) -> $name {
                match word {
                    $($words::$word => $name::$word,)*
                }
            }
        }

        $crate::problem::vocabulary! {
            #[doc = concat!("The words of [`", stringify!($name), "`].")]
            pub(crate) enum $words {
                $($(#[$word_meta])* $word = $text,)*
            }
        }
    };
}
pub(crate) use vocabulary;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_str, to_string};

    vocabulary! {
        /// Fruit.
        #[derive(Default)]
        pub enum Fruit {
            /// From a tree.
            #[default]
            Apple = "apple",
            /// From a bush.
            BlueBerry = "blue_berry",
        }
    }

    vocabulary! {
        /// Dishes.
        #[derive(Debug, PartialEq, serde::Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(tag = "dish", rename_all = "snake_case")]
        pub enum Dish, tagged by DishName {
            /// As it is.
            Raw = "raw",
            /// In a crust.
            InCrust {
                /// Which fruit.
                fruit: Fruit,
            } = "in_crust",
        }
    }

    #[test]
    fn words_are_listed_and_spelt_as_declared() {
        assert_eq!(Fruit::ALL, [Fruit::Apple, Fruit::BlueBerry]);
        assert_eq!(Fruit::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>(), ["apple", "blue_berry"]);
        assert_eq!(format!("{:>12}", Fruit::BlueBerry), "  blue_berry");
        assert_eq!(Fruit::default(), Fruit::Apple);
        assert!(Fruit::Apple < Fruit::BlueBerry);
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for word in Fruit::ALL {
            assert_eq!(word.as_str().parse(), Ok(*word));
            assert_eq!(to_string(word).unwrap(), format!("{:?}", word.as_str()));
            assert_eq!(from_str::<Fruit>(&to_string(word).unwrap()).unwrap(), *word);
        }
        let problem = "blueberry".parse::<Fruit>().unwrap_err();
        assert_eq!(problem.message, r#""blueberry" is none of apple, blue_berry"#);
        assert_eq!(problem.hint.as_deref(), Some("did you mean blue_berry?"));
        assert_eq!(problem.code, Code::InvalidValue);
        assert!(from_str::<Fruit>(r#""Apple""#).is_err());
    }

    #[test]
    fn variants_with_fields_are_told_by_a_word() {
        let dish = Dish::InCrust { fruit: Fruit::Apple };
        assert_eq!((dish.word(), dish.as_str()), (DishName::InCrust, "in_crust"));
        assert_eq!(Dish::Raw.word(), DishName::ALL[0]);
        assert_eq!(to_string(&dish).unwrap(), r#"{"dish":"in_crust","fruit":"apple"}"#);
    }

    #[cfg(feature = "schema")]
    #[test]
    fn schemas_list_the_words_with_their_descriptions() {
        let schema = schemars::schema_for!(Dish);
        let fruit = &schema.pointer("/$defs/Fruit/oneOf").unwrap();
        assert_eq!(fruit[1]["const"], "blue_berry");
        assert_eq!(fruit[1]["description"], "From a bush.");
        let dish = &schema.pointer("/oneOf/1").unwrap();
        assert_eq!(dish["properties"]["dish"]["const"], "in_crust");
        assert_eq!(dish["description"], "In a crust.");
    }
}
