//! One field of a form: what the person typed, and what is wrong with it.

/// A field's value as it came, and the error to show between its hint and its control.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Exactly what was typed; empty on a fresh form.
    pub value: String,
    /// One sentence: what is wrong and what to do. None when nothing is.
    pub error: Option<String>,
}

impl Field {
    /// A field that holds a value and has nothing wrong with it.
    pub fn of(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            error: None,
        }
    }

    /// A field with something wrong.
    pub fn wrong(value: impl Into<String>, error: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            error: Some(error.into()),
        }
    }

    /// Whether this value is the one held: for radios, check boxes and options.
    #[must_use]
    pub fn is(&self, value: &str) -> bool {
        self.value == value
    }
}

/// One line of the summary at the top of a form that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The `id` of the control the line links to.
    pub id: String,
    /// The sentence, the same as beside the field.
    pub message: String,
}

/// The lines of the summary, from the fields in the order they stand on the page.
#[must_use]
pub fn summary(fields: &[(&str, &Field)]) -> Vec<FieldError> {
    fields
        .iter()
        .filter_map(|(id, field)| {
            field.error.as_ref().map(|message| FieldError {
                id: (*id).to_owned(),
                message: message.clone(),
            })
        })
        .collect()
}
