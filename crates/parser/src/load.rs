//! A pipeline's files to its loaded components, or the reason why this runtime cannot run it.

use crate::arc_eager::Parser;
use crate::attribute_ruler::AttributeRuler;
use crate::error::Error;
use crate::lemmatizer::Lemmatizer;
use crate::model::config::Config;
use crate::model::files::Files;
use crate::model::msgpack::parse;
use crate::model::weights::Network;
use crate::ner::Ner;
use crate::tagger::Tagger;
use crate::tok2vec::Tok2Vec;
use crate::tokenizer::Tokenizer;
use crate::vocab::Vocab;
use std::borrow::Cow;

/// All parts of a pipeline.
pub struct Components {
    /// Norms.
    pub vocab: Vocab,
    /// Text to tokens.
    pub tokenizer: Tokenizer,
    /// Token-to-vector networks and who reads each.
    pub networks: Vec<Reading>,
    /// Fine tags.
    pub tagger: Tagger,
    /// Trees.
    pub parser: Parser,
    /// Coarse tags and features.
    pub ruler: Option<AttributeRuler>,
    /// Lemmas.
    pub lemmatizer: Option<Lemmatizer>,
    /// Entities.
    pub ner: Option<Ner>,
}

/// A token-to-vector network with the components that read its vectors.
pub struct Reading {
    /// The network.
    pub network: Tok2Vec,
    /// The tagger reads it.
    pub tagger: bool,
    /// The dependency parser reads it.
    pub parser: bool,
    /// The entity recogniser reads it.
    pub ner: bool,
}

/// Reads all files of a pipeline.
pub fn load(files: &Files<'_>) -> Result<Components, Error> {
    let config = text(files, "config.cfg")?;
    let config = Config::parse(&config).map_err(|e| e.within("config.cfg"))?;
    let order = check_components(&config).map_err(|e| e.within("config.cfg"))?;
    let has = |factory: &str| order.iter().any(|f| f == factory);
    let mut loader = Loader { files, config: &config, networks: Vec::new() };
    if has("tok2vec") {
        loader.shared()?;
    }
    let tagger = loader.tagger()?;
    let parser = loader.parser()?;
    let ner = if has("ner") { Some(loader.ner()?) } else { None };
    let read = |name: &str| files.get(name);
    let ruler = if has("attribute_ruler") {
        let name = "attribute_ruler/patterns";
        Some(AttributeRuler::new(&read(name)?).map_err(|e| e.within(name))?)
    } else {
        None
    };
    let lemmatizer = if has("lemmatizer") {
        config.check_lemmatizer().map_err(|e| e.within("config.cfg"))?;
        let name = "lemmatizer/lookups/lookups.bin";
        let english = config.language()? == "en";
        Some(Lemmatizer::new(&read(name)?, english).map_err(|e| e.within(name))?)
    } else {
        None
    };
    let lookups = files.find("vocab/lookups.bin")?;
    Ok(Components {
        vocab: Vocab::new(lookups.as_deref()).map_err(|e| e.within("vocab/lookups.bin"))?,
        tokenizer: Tokenizer::new(&read("tokenizer")?).map_err(|e| e.within("tokenizer"))?,
        networks: loader.networks,
        tagger,
        parser,
        ruler,
        lemmatizer,
        ner,
    })
}

fn text(files: &Files<'_>, name: &str) -> Result<String, Error> {
    String::from_utf8(files.get(name)?.into_owned()).map_err(|_| Error::format(format!("{name}: not UTF-8")))
}

/// Factories in the order that this runtime runs them; a pipeline is a subsequence that has tagger and parser.
const ORDER: &[&str] = &["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"];

/// Names and order of the components that run. Each must be named like its factory, as in spaCy's own packages.
fn check_components(config: &Config) -> Result<Vec<String>, Error> {
    let components = config.components()?;
    for (name, factory) in &components {
        if !ORDER.contains(&factory.as_str()) {
            return Err(Error::unsupported(format!(
                "component {name} ({factory}); this runtime knows {} of a spaCy v3 CNN pipeline",
                ORDER.join(", ")
            )));
        }
        if name != factory {
            return Err(Error::unsupported(format!("component {name} is a {factory} under another name")));
        }
    }
    let order: Vec<String> = components.into_iter().map(|(_, factory)| factory).collect();
    let place = |f: &str| order.iter().position(|o| o == f);
    // The recogniser may run anywhere after the parser; all others in the order of the list.
    let before = |a: &str, b: &str| place(a).zip(place(b)).is_none_or(|(a, b)| a < b);
    let chain = ORDER[..5].windows(2).all(|w| before(w[0], w[1])) && before("parser", "lemmatizer");
    if place("tagger").is_none() || place("parser").is_none() || !chain || !before("parser", "ner") {
        return Err(Error::unsupported(format!(
            "pipeline {}; expected {}",
            order.join(", "),
            ORDER.join(", ")
        )));
    }
    Ok(order)
}

struct Loader<'a> {
    files: &'a Files<'a>,
    config: &'a Config,
    networks: Vec<Reading>,
}

impl Loader<'_> {
    /// Reads `NAME/model` and hands its layers to `build`.
    fn with<T>(
        &mut self,
        name: &str,
        build: impl FnOnce(&mut Self, &Network<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let file = format!("{name}/model");
        let bytes: Cow<'static, [u8]> = self.files.get(&file)?;
        let value = parse(&bytes).map_err(|e| e.within(&file))?;
        let network = Network::new(&value).map_err(|e| e.within(&file))?;
        build(self, &network).map_err(|e| e.within(&file))
    }

    fn shared(&mut self) -> Result<(), Error> {
        self.with("tok2vec", |this, network| {
            let config = this.config.tok2vec("components.tok2vec.model")?;
            let network = Tok2Vec::new(&config, network)?;
            this.networks.push(Reading { network, tagger: false, parser: false, ner: false });
            Ok(())
        })
    }

    /// The network that a component reads: the shared one or its own. Returns the width of its vectors.
    fn source(&mut self, component: &str, network: &Network<'_>) -> Result<(usize, &mut Reading), Error> {
        if !self.config.listens(component)? {
            let config = self.config.tok2vec(&format!("components.{component}.model.tok2vec"))?;
            let network = Tok2Vec::new(&config, network)?;
            self.networks.push(Reading { network, tagger: false, parser: false, ner: false });
            let reading = self.networks.last_mut().ok_or_else(|| Error::format("no network"))?;
            return Ok((reading.network.width(), reading));
        }
        let shared = self.networks.first_mut();
        let shared = shared.ok_or_else(|| {
            Error::unsupported(format!("{component} listens to a tok2vec that is not there"))
        })?;
        Ok((shared.network.width(), shared))
    }

    fn tagger(&mut self) -> Result<Tagger, Error> {
        self.config.need_architecture("components.tagger.model", &["spacy.Tagger.v1", "spacy.Tagger.v2"])?;
        let cfg = self.files.get("tagger/cfg")?;
        self.with("tagger", |this, network| {
            let (width, source) = this.source("tagger", network)?;
            source.tagger = true;
            Tagger::new(&cfg, network, width)
        })
    }

    fn parser(&mut self) -> Result<Parser, Error> {
        self.config.check_transition("parser", "parser")?;
        let moves = self.files.get("parser/moves")?;
        self.with("parser", |this, network| {
            let (width, source) = this.source("parser", network)?;
            source.parser = true;
            Parser::new(&moves, network, width)
        })
    }

    fn ner(&mut self) -> Result<Ner, Error> {
        self.config.check_transition("ner", "ner")?;
        let moves = self.files.get("ner/moves")?;
        self.with("ner", |this, network| {
            let (width, source) = this.source("ner", network)?;
            source.ner = true;
            Ner::new(&moves, network, width)
        })
    }
}
