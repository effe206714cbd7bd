//! Settings, from a TOML file and from `JIANYAN_*` variables of the environment, which win. One
//! flat table: the variable for `public_url` is `JIANYAN_PUBLIC_URL`. An unknown key is an error
//! that names it.

mod address;
pub mod environment;
mod load;
mod mailbox;
mod model;
mod network;
mod smtp;

pub use address::{Address, ClamdAddress};
pub use load::{load, load_from_environment};
pub use mailbox::{Afterwards, Imap, ImapTls, Mailbox, Place, Secret};
pub use model::{Config, MailAuth, WRITES_WAITING};
pub use network::Network;
pub use smtp::{Smtp, SmtpTls};
