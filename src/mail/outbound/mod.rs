//! What we send: the words of each mail (`letters`, templates/mail), a message that no name can
//! bend (`clean`, `message`), its number (`message_id`), its place in a
//! conversation (`thread`), its signature (`dkim`), its way (`mailer`).

mod clean;
mod dkim;
mod flow;
pub mod letters;
mod mailer;
mod message;
pub mod message_id;
mod pace;
mod refusal;
mod sheet;
mod thread;

pub use mailer::Mailer;
pub use message::{Automatic, Mail};
pub use pace::Pace;
pub use sheet::Sheet;
pub use thread::answer_to;
