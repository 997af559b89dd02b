//! Enumerations whose members have one word each: the same in files, rows and messages.

/// Declares an enumeration with `ALL`, `as_str`, `Display`, `FromStr` and serde by its words.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident: $what:literal { $($(#[$inner:meta])* $variant:ident = $word:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$inner])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// Its word.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = String;

            /// Reads its word, or says which there are.
            fn from_str(word: &str) -> Result<Self, String> {
                Self::ALL.into_iter().find(|one| one.as_str() == word).ok_or_else(|| {
                    format!(concat!("`{}` is not ", $what, "; there are {}."), word, [$($word),+].join(", "))
                })
            }
        }
    };
}

pub(crate) use words;
