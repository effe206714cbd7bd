//! Preparing a publication: `/office/imports`.

mod check;
mod facts;
mod list;
mod matches;
mod steps;
mod versions;
mod workbench;

pub use check::{CheckItem, CheckPage, Publishing};
pub use facts::{FactsFields, FactsPage};
pub use list::{ListPage, ListRow};
pub use matches::{MatchRow, MatchesPage};
pub use steps::{Step, Steps};
pub use versions::{VersionRow, VersionsPage};
pub use workbench::{
    DocumentRow, NodeRow, NoiseRow, Panel, SourceLine, SourceWindow, WarningRow, WorkbenchPage,
};
