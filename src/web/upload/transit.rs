//! How much is on its way in, for each address and in all.

use crate::config::Config;
use crate::error::{Error, Kind, Result};
use crate::web::limits::network_of;
use ipnet::IpNet;
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// The counters of a running service. Cheap to clone.
#[derive(Clone)]
pub struct Transit {
    counted: Arc<Mutex<Counted>>,
    most: usize,
    most_of_one: usize,
    pub(super) folder: PathBuf,
    pub(super) free_bytes: u64,
}

#[derive(Default)]
struct Counted {
    all: usize,
    of_one: HashMap<IpNet, usize>,
}

impl Transit {
    /// By the settings.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            counted: Arc::default(),
            most: config.upload_in_flight_bytes,
            most_of_one: config.upload_in_flight_per_address_bytes,
            folder: config.data_dir.join("temporary"),
            free_bytes: config.disk_free_bytes,
        }
    }

    /// Begins to count one file of a client.
    pub(super) fn hold(&self, client: Option<IpAddr>) -> Held {
        Held {
            transit: self.clone(),
            network: client.map(network_of),
            bytes: 0,
        }
    }
}

/// The bytes of one file; they are free again when this is dropped.
pub(super) struct Held {
    transit: Transit,
    network: Option<IpNet>,
    bytes: usize,
}

impl Held {
    /// Counts some more bytes.
    ///
    /// # Errors
    /// `Kind::TooMany` when this address has too much on its way, `Kind::Busy` when all together have.
    pub(super) fn more(&mut self, bytes: usize) -> Result<()> {
        let Ok(mut counted) = self.transit.counted.lock() else {
            return Ok(());
        };
        let all = counted.all.saturating_add(bytes);
        if all > self.transit.most {
            return Err(busy());
        }
        if let Some(network) = self.network {
            let own = counted.of_one.get(&network).copied().unwrap_or(0) + bytes;
            if own > self.transit.most_of_one {
                return Err(too_much_at_once());
            }
            counted.of_one.insert(network, own);
        }
        counted.all = all;
        self.bytes += bytes;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Ok(mut counted) = self.transit.counted.lock() else {
            return;
        };
        counted.all = counted.all.saturating_sub(self.bytes);
        let Some(network) = self.network else {
            return;
        };
        if let Some(own) = counted.of_one.get_mut(&network) {
            *own = own.saturating_sub(self.bytes);
            if *own == 0 {
                counted.of_one.remove(&network);
            }
        }
    }
}

#[track_caller]
fn busy() -> Error {
    Error::new(
        Kind::Busy,
        "现在上传文件的人太多，文件没有保存。请过一会儿再试，或者先提交文字",
        "too many files are being sent just now, so this one was not kept; try again in a moment, or send the text without it",
    )
}

#[track_caller]
fn too_much_at_once() -> Error {
    Error::new(
        Kind::TooMany,
        "同一网络里同时上传的文件太多，文件没有保存。请等前面的文件传完再试，或者先提交文字",
        "too many files are being sent from your network at once, so this one was not kept; wait for the others, or send the text without it",
    )
}
