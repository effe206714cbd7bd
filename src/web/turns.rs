//! Whose form is read next. Each worker reads a few forms at a time; the others wait in line, so that
//! a page somebody asks for meanwhile waits behind those few and not behind a crowd of forms.

use actix_web::HttpRequest;
use actix_web::web::Data;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Forms that a worker reads between two looks at who else is there: about a tenth of a millisecond.
const AT_ONCE: usize = 4;

/// The line of one worker: each has its own, so that nobody waits for another thread.
pub(super) struct Turns(Semaphore);

impl Default for Turns {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

impl Turns {
    /// Waits for a turn at the worker that has the request. Wait only with the whole body at hand: a
    /// turn must not be kept by somebody who sends slowly.
    pub(super) async fn wait(request: &HttpRequest) -> Option<Turn<'_>> {
        let turns = request.app_data::<Data<Self>>()?;
        turns.0.acquire().await.ok()
    }
}

/// A turn; it ends when this is dropped.
pub(super) type Turn<'a> = SemaphorePermit<'a>;
