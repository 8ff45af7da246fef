//! The stages, each loaded when it is first needed, and one input taken from where it is to where it shall be.

use record::{Record, Syntax};
use std::fmt;
use std::path::PathBuf;
use std::sync::OnceLock;

/// How far an input is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Source to page.
    Read,
    /// Page to parse.
    Parse,
    /// Parse to actors, places, dates.
    Resolve,
    /// Everything.
    Code,
}

/// Options of the stages.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Folder of a spaCy pipeline to use instead of the embedded model.
    pub model: Option<PathBuf>,
    /// Headlines and ticker lines are coded too.
    pub furniture: bool,
    /// Folder of a user's own actor tables; `None`: the usual one.
    pub tables: Option<PathBuf>,
}

/// Why a stage could not be loaded.
#[derive(Debug, Clone)]
pub enum LoadError {
    /// The program, what is embedded in it, or the model it was given.
    Ours(String),
    /// A table of the user's own: what is wrong, and the remedy.
    Theirs(String, &'static str),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadError::Ours(message) | LoadError::Theirs(message, _) => f.write_str(message),
        }
    }
}

impl From<String> for LoadError {
    fn from(message: String) -> LoadError {
        LoadError::Ours(message)
    }
}

impl From<LoadError> for String {
    fn from(error: LoadError) -> String {
        error.to_string()
    }
}

/// The stages, shared between threads.
#[derive(Default)]
pub struct Engine {
    options: Options,
    parser: OnceLock<Result<parser::Pipeline, String>>,
    resolver: OnceLock<Result<resolver::Resolver, LoadError>>,
    coder: OnceLock<Result<coder::Coder, String>>,
}

impl Engine {
    /// An engine that has loaded nothing yet.
    pub fn new(options: Options) -> Self {
        Engine { options, ..Engine::default() }
    }

    /// The parser.
    ///
    /// # Errors
    /// The model is damaged or none of ours.
    pub fn parser(&self) -> Result<&parser::Pipeline, String> {
        let load = || match &self.options.model {
            Some(folder) => parser::Pipeline::from_dir(folder).map_err(|e| format!("model: {e}")),
            None => parser::Pipeline::embedded().map_err(|e| format!("model: {e}")),
        };
        self.parser.get_or_init(load).as_ref().map_err(String::clone)
    }

    /// The resolver.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn resolver(&self) -> Result<&resolver::Resolver, LoadError> {
        let load = || {
            let overlay = crate::overlay::load(self.options.tables.as_deref()).map_err(|message| {
                LoadError::Theirs(message, "let this user read it, or name another folder with --tables")
            })?;
            resolver::Resolver::with(&overlay).map_err(|e| match e.message.starts_with("overlay/") {
                true => LoadError::Theirs(
                    e.message,
                    "mend the row in your own tables; docs/actors.md tells their form",
                ),
                false => LoadError::Ours(format!("table: {e}")),
            })
        };
        self.resolver.get_or_init(load).as_ref().map_err(LoadError::clone)
    }

    /// The coder.
    ///
    /// # Errors
    /// A table does not keep its form.
    pub fn coder(&self) -> Result<&coder::Coder, String> {
        let load = || coder::Coder::embedded().map_err(|e| format!("table: {e}"));
        self.coder.get_or_init(load).as_ref().map_err(String::clone)
    }

    /// Loads what `stage` needs, the parts side by side.
    ///
    /// # Errors
    /// The first part that could not be loaded.
    pub fn load(&self, stage: Stage) -> Result<(), LoadError> {
        std::thread::scope(|scope| {
            if stage >= Stage::Resolve {
                scope.spawn(|| self.resolver().map(|_| ()));
            }
            if stage >= Stage::Code {
                scope.spawn(|| self.coder().map(|_| ()));
            }
            if stage >= Stage::Parse { self.parser().map(|_| ()) } else { Ok(()) }
        })?;
        if stage >= Stage::Resolve {
            self.resolver()?;
        }
        if stage >= Stage::Code {
            self.coder()?;
        }
        Ok(())
    }

    /// Runs the stages that `record` has not seen yet, up to `stage`. What is there stays as it is.
    ///
    /// # Errors
    /// A stage could not be loaded.
    pub fn advance(&self, mut record: Record, stage: Stage) -> Result<Record, LoadError> {
        if stage < Stage::Parse {
            return Ok(record);
        }
        let Record { page, doc, mentions, coding, .. } = &mut record;
        if doc.is_none() {
            *doc = Some(self.parser()?.parse_page(page, self.options.furniture));
        }
        let (Some(doc), true) = (doc.as_ref(), stage >= Stage::Resolve) else { return Ok(record) };
        if mentions.is_some() && (coding.is_some() || stage < Stage::Code) {
            return Ok(record);
        }
        let syntax = Syntax::new(page, doc);
        if mentions.is_none() {
            *mentions = Some(self.resolver()?.resolve(&syntax));
        }
        if let (Some(mentions), true, None) = (mentions.as_ref(), stage >= Stage::Code, coding.as_ref()) {
            *coding = Some(self.coder()?.code(&syntax, mentions));
        }
        drop(syntax);
        Ok(record)
    }
}
