//! The objects of a PDF (ISO 32000-1, 7.3).

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Bool,
    Number(f64),
    Name(String),
    Text(Vec<u8>),
    Array(Vec<Self>),
    Dictionary(Dictionary),
    Reference(u32),
    /// A word that is none of these: an operator, `obj`, `stream`.
    Word(String),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary(pub Vec<(String, Object)>);

impl Dictionary {
    pub(super) fn get(&self, key: &str) -> Option<&Object> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// A whole number that fits an index.
pub(super) fn index(number: f64) -> Option<usize> {
    // Text is the way from one to the other that cannot wrap.
    ((0.0..1e15).contains(&number) && number.fract() == 0.0)
        .then(|| format!("{number:.0}").parse().ok())
        .flatten()
}
