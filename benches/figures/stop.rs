//! Ending early without leaving anything behind: a signal only sets a mark that every loop looks
//! at, so that the folders and processes are put away on the usual way out.

use crate::figure::Result;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::signal::unix::{SignalKind, signal};

static STOPPED: AtomicBool = AtomicBool::new(false);

/// Starts to listen for signals.
pub fn watch() {
    std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime for signals");
        runtime.block_on(async {
            let mut hang_up = signal(SignalKind::hangup()).expect("SIGHUP can be caught");
            let mut terminate = signal(SignalKind::terminate()).expect("SIGTERM can be caught");
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = hang_up.recv() => {}
                _ = terminate.recv() => {}
            }
            STOPPED.store(true, Ordering::Relaxed);
        });
    });
}

/// Whether a signal came.
pub fn asked() -> bool {
    STOPPED.load(Ordering::Relaxed)
}

/// Fails when a signal came.
pub fn check() -> Result<()> {
    if asked() {
        return Err("stopped by a signal".to_owned());
    }
    Ok(())
}
