//! A few open readers of one database, lent to one question at a time on threads that may wait.

use crate::error::{Error, ErrorKind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use tokio::sync::Semaphore;

/// Questions that are answered at the same time.
const READERS: usize = 8;

/// Open readers of one database.
#[derive(Clone)]
pub(crate) struct Pool {
    path: Arc<PathBuf>,
    idle: Arc<Mutex<Vec<Store>>>,
    permits: Arc<Semaphore>,
}

impl Pool {
    /// Opens the first reader, so that a wrong path is found at the start.
    pub fn open(path: PathBuf) -> Result<Pool, Error> {
        let first = Store::read(&path)?;
        Ok(Pool {
            path: Arc::new(path),
            idle: Arc::new(Mutex::new(vec![first])),
            permits: Arc::new(Semaphore::new(READERS)),
        })
    }

    /// Runs a question on a thread that may wait for the disk.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let gone = || Error::new(ErrorKind::Store, "the server is stopping");
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| gone())?;
        let pool = self.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let idle = pool.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let store = match idle {
                Some(store) => store,
                None => Store::read(&pool.path)?,
            };
            let answer = question(&store);
            pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
            answer
        });
        work.await.map_err(|_| Error::new(ErrorKind::Store, "the question failed inside the program"))?
    }
}
