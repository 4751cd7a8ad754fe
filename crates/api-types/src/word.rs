//! Closed sets of words on the wire, with a door for words that come later.

/// A closed set of words.
pub(crate) trait Word: Sized {
    /// The value of a word; `None` where it is none of the set.
    fn of_word(word: &str) -> Option<Self>;
}

/// Declares an enum whose variants travel as fixed words.
///
/// A word that this build does not know reads as `Unknown`, so that a newer
/// backend never breaks an older page: a reader treats an unknown status as
/// "pending, ask again".
macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
            /// A word that this build does not know. It is read, and never written.
            Unknown,
        }

        impl $name {
            /// Every word of the set, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word on the wire, also the tail of its key in the catalogue.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unknown => "unknown",
                }
            }

            /// Reads a word; one that is not known is [`Self::Unknown`].
            pub fn from_word(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    _ => Self::Unknown,
                }
            }
        }

        impl $crate::word::Word for $name {
            fn of_word(word: &str) -> Option<Self> {
                Some(Self::from_word(word)).filter(|known| *known != Self::Unknown)
            }
        }

        $crate::described::described!(
            $name,
            $crate::schema::one_of(Self::ALL.iter().map(|word| word.as_str()))
                .description(Some($crate::schema::sentences(&[$($doc),+])))
        );

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Ok(Self::from_word(&word))
            }
        }
    };
}

pub(crate) use words;
