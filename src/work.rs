//! Jobs to results over several threads, in the order of the jobs, with a bounded number in flight.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Runs `work` on every job with `workers` threads and hands each result to `sink` in the order of `jobs`.
///
/// At most a few jobs per worker wait or are finished and not yet taken, however many there are. When `sink` fails, no
/// further job is started and its error is returned.
pub fn ordered<J, R, E>(
    jobs: impl Iterator<Item = J> + Send,
    workers: usize,
    work: impl Fn(J) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    J: Send,
    R: Send,
{
    if workers <= 1 {
        return jobs.map(work).try_for_each(sink);
    }
    let ahead = workers * 4;
    let (job_in, job_out) = sync_channel::<(usize, J)>(workers);
    let (done_in, done_out) = sync_channel::<(usize, R)>(ahead);
    let (permit_in, permit_out) = sync_channel::<()>(ahead);
    let job_out = Mutex::new(job_out);
    std::thread::scope(|scope| {
        scope.spawn(move || feed(jobs, &job_in, &permit_in));
        for _ in 0..workers {
            let (done_in, job_out, work) = (done_in.clone(), &job_out, &work);
            scope.spawn(move || {
                while let Some((n, job)) = next(job_out) {
                    if done_in.send((n, work(job))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done_in);
        let result = collect(&done_out, &permit_out, &mut sink);
        // Unblock everybody: threads that wait on these channels see them closed.
        drop((done_out, permit_out));
        if result.is_err() {
            while next(&job_out).is_some() {}
        }
        result
    })
}

fn next<J>(jobs: &Mutex<Receiver<J>>) -> Option<J> {
    jobs.lock().unwrap_or_else(std::sync::PoisonError::into_inner).recv().ok()
}

fn feed<J>(jobs: impl Iterator<Item = J>, out: &SyncSender<(usize, J)>, permits: &SyncSender<()>) {
    for (n, job) in jobs.enumerate() {
        if permits.send(()).is_err() || out.send((n, job)).is_err() {
            return;
        }
    }
}

fn collect<R, E>(
    done: &Receiver<(usize, R)>,
    permits: &Receiver<()>,
    sink: &mut impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting = BTreeMap::new();
    let mut turn = 0;
    while let Ok((n, result)) = done.recv() {
        waiting.insert(n, result);
        while let Some(result) = waiting.remove(&turn) {
            turn += 1;
            sink(result)?;
            let _ = permits.try_recv();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn keeps_order_and_bounds_what_is_in_flight() {
        let (started, taken, widest) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let jobs = (0..500usize).inspect(|_| {
            let ahead = started.fetch_add(1, Ordering::SeqCst)
                - taken.load(Ordering::SeqCst).min(started.load(Ordering::SeqCst));
            widest.fetch_max(ahead, Ordering::SeqCst);
        });
        let mut seen = Vec::new();
        let slow_first = |n: usize| {
            if n.is_multiple_of(50) {
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            n * 2
        };
        ordered(jobs, 3, slow_first, |n| {
            taken.fetch_add(1, Ordering::SeqCst);
            seen.push(n);
            Ok::<(), ()>(())
        })
        .unwrap();
        assert_eq!(seen, (0..500).map(|n| n * 2).collect::<Vec<_>>());
        assert!(widest.load(Ordering::SeqCst) <= 3 * 4 + 2);
    }

    #[test]
    fn stops_when_the_sink_fails() {
        let started = AtomicUsize::new(0);
        let jobs = (0..100_000usize).inspect(|_| {
            started.fetch_add(1, Ordering::SeqCst);
        });
        let result = ordered(jobs, 2, |n| n, |n| if n == 10 { Err("closed") } else { Ok(()) });
        assert_eq!(result, Err("closed"));
        assert!(started.load(Ordering::SeqCst) < 100);
    }
}
