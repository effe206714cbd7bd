//! What is wrong with a form, field by field.

use crate::error::Result;
use crate::words::Both;

/// The fields of [`RawForm`](super::RawForm), to name a fault by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormField {
    /// One of those written down before.
    Gathered,
    Section,
    Text,
    Suggested,
    SenderKind,
    Name,
    Organisation,
    Phone,
    Email,
    Address,
    CreditCode,
    District,
    Capacity,
    Files,
    Consent,
}

/// What is wrong with a form: at least one field with its message.
#[derive(Clone, Debug, Default)]
pub struct Faults(pub(super) Vec<(FormField, Both)>);

impl Faults {
    /// Adds a fault.
    pub fn add(&mut self, field: FormField, message: Both) {
        self.0.push((field, message));
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one field alone is wrong.
    #[must_use]
    pub fn only(&self, field: FormField) -> bool {
        self.0.iter().all(|(at, _)| *at == field)
    }

    /// The first message for a field.
    #[must_use]
    pub fn of(&self, field: FormField) -> Option<&Both> {
        self.0
            .iter()
            .find(|(at, _)| *at == field)
            .map(|(_, message)| message)
    }

    /// The value of a check, or its fault noted down.
    pub(super) fn keep<T>(&mut self, field: FormField, answer: Result<T>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(field, error.both().clone());
                None
            }
        }
    }
}
