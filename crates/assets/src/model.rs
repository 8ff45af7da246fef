//! The embedded model package: file name to bytes.

static MODEL_BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/model.bin"));
static MODEL: Model = include!(concat!(env!("OUT_DIR"), "/model.rs"));

/// The files of one spaCy pipeline package, by path inside its folder (`tok2vec/model`).
#[derive(Debug)]
pub struct Model {
    name: &'static str,
    version: &'static str,
    bytes: &'static [u8],
    members: &'static [(&'static str, usize, usize)],
}

/// The embedded model.
///
/// ```
/// let model = demarche_assets::model();
/// assert_eq!(model.version(), "3.8.0");
/// assert!(model.get("tok2vec/model").is_some());
/// assert!(model.get("no/such/file").is_none());
/// ```
pub fn model() -> &'static Model {
    &MODEL
}

impl Model {
    /// Name of the registry package.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Version of the registry package.
    pub fn version(&self) -> &'static str {
        self.version
    }

    /// Bytes of a member.
    pub fn get(&self, member: &str) -> Option<&'static [u8]> {
        let (_, start, end) = self.members.iter().find(|(name, ..)| *name == member)?;
        self.bytes.get(*start..*end)
    }

    /// Names of all members.
    pub fn members(&self) -> impl Iterator<Item = &'static str> {
        self.members.iter().map(|(name, ..)| *name)
    }
}
