//! How far a long run has come: on standard error, only on a terminal, only after a quarter of a second.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Runs shorter than this show nothing.
const PATIENCE: Duration = Duration::from_millis(250);

/// A line that counts finished inputs.
pub struct Progress {
    bar: ProgressBar,
    began: Instant,
    wanted: bool,
    shown: bool,
}

impl Progress {
    /// A line for `total` inputs, or for an unknown number. `quiet`: never shown.
    pub fn new(total: Option<u64>, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let form = if total.is_some() {
            "{spinner} {pos}/{len} pages  {per_sec}  {eta} left  {wide_msg}"
        } else {
            "{spinner} {pos} pages  {per_sec}  {wide_msg}"
        };
        if let Ok(style) = ProgressStyle::with_template(form) {
            bar.set_style(style);
        }
        let wanted = !quiet && total != Some(1) && std::io::stderr().is_terminal();
        Progress { bar, began: Instant::now(), wanted, shown: false }
    }

    /// Counts one finished input.
    pub fn step(&mut self) {
        self.bar.inc(1);
        if self.wanted && !self.shown && self.began.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.enable_steady_tick(Duration::from_millis(120));
            self.shown = true;
        }
    }

    /// Runs `f` with the line out of the way.
    pub fn aside<R>(&self, f: impl FnOnce() -> R) -> R {
        if self.shown { self.bar.suspend(f) } else { f() }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
