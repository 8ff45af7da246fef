//! Pipelines from folders: equal to the embedded one, and refused with a clear error when anything is wrong.

#![allow(clippy::unwrap_used)] // a test that fails may panic

use demarche_parser::{ErrorKind, Pipeline};
use std::path::{Path, PathBuf};

/// Writes the embedded model to a folder of its own, as a package lays it out.
fn unpack(name: &str) -> PathBuf {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&package);
    let folder = package.join("some_package/some_package-3.8.0");
    for member in assets::model().members() {
        let path = folder.join(member);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, assets::model().get(member).unwrap()).unwrap();
    }
    package
}

fn inner(package: &Path) -> PathBuf {
    package.join("some_package/some_package-3.8.0")
}

fn refused(folder: &Path, kind: ErrorKind, says: &str) {
    let Err(error) = Pipeline::from_dir(folder) else { panic!("loaded, but should say {says}") };
    assert!(error.to_string().contains(says), "{error}");
    assert_eq!(error.kind(), kind, "{error}");
}

#[test]
fn a_folder_gives_what_the_embedded_model_gives() {
    let package = unpack("same");
    let text = "The army said it had freed twelve hostages, but the rebels denied it.";
    let embedded = Pipeline::embedded().unwrap().parse_text(text);
    assert!(embedded.tokens.len() > 10);
    for folder in [package.clone(), inner(&package)] {
        assert_eq!(Pipeline::from_dir(folder).unwrap().parse_text(text), embedded);
    }
}

#[test]
fn missing_and_damaged_files_are_refused() {
    let nowhere = Path::new(env!("CARGO_TARGET_TMPDIR")).join("nowhere");
    refused(&nowhere, ErrorKind::Io, "not a folder");
    let package = unpack("damaged");
    let folder = inner(&package);
    for member in [
        "tok2vec/model",
        "tagger/model",
        "parser/model",
        "ner/model",
        "tokenizer",
        "attribute_ruler/patterns",
    ] {
        let path = folder.join(member);
        let whole = std::fs::read(&path).unwrap();
        for share in [0, 1, 50, 99] {
            std::fs::write(&path, &whole[..whole.len() * share / 100]).unwrap();
            refused(&package, ErrorKind::Format, member);
        }
        std::fs::remove_file(&path).unwrap();
        refused(&package, ErrorKind::Io, member);
        std::fs::write(&path, &whole).unwrap();
    }
    for member in
        ["parser/moves", "ner/moves", "tagger/cfg", "lemmatizer/lookups/lookups.bin", "vocab/lookups.bin"]
    {
        let path = folder.join(member);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert_eq!(Pipeline::from_dir(&package).err().map(|e| e.kind()), Some(ErrorKind::Format), "{member}");
        std::fs::write(&path, &whole).unwrap();
    }
    assert!(Pipeline::from_dir(&package).is_ok());
}

/// Swaps a text in the configuration and tells what the loader says.
fn with_config(name: &str, from: &str, to: &str, kind: ErrorKind, says: &str) {
    let package = unpack(name);
    let path = inner(&package).join("config.cfg");
    let config = std::fs::read_to_string(&path).unwrap();
    assert!(config.contains(from), "{from}");
    std::fs::write(&path, config.replace(from, to)).unwrap();
    refused(&package, kind, says);
}

#[test]
fn what_this_runtime_does_not_run_is_refused() {
    let unsupported = ErrorKind::Unsupported;
    with_config(
        "a",
        "spacy.MaxoutWindowEncoder.v2",
        "spacy.MishWindowEncoder.v2",
        unsupported,
        "MishWindowEncoder",
    );
    with_config(
        "b",
        "include_static_vectors = false",
        "include_static_vectors = true",
        unsupported,
        "static word vectors",
    );
    with_config(
        "c",
        "factory = \"lemmatizer\"",
        "factory = \"trainable_lemmatizer\"",
        unsupported,
        "trainable_lemmatizer",
    );
    with_config("d", "window_size = 1", "window_size = 2", unsupported, "window_size");
    with_config("e", "mode = \"rule\"", "mode = \"lookup\"", unsupported, "mode");
    with_config("f", "\"tagger\",\"parser\"", "\"parser\",\"tagger\"", unsupported, "pipeline");
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    with_config(
        "g",
        "rows = [5000,1000,2500,2500,50,50]",
        "rows = [5000,1000,2500,2500,50,49]",
        ErrorKind::Shape,
        "tok2vec/model",
    );
    with_config("h", "depth = 4", "depth = 3", ErrorKind::Shape, "layers");
    with_config("i", "maxout_pieces = 3", "maxout_pieces = 2", ErrorKind::Shape, "shape");
    // Weights of another component: well-formed, but not what the configuration says.
    let package = unpack("swapped");
    let folder = inner(&package);
    std::fs::copy(folder.join("ner/moves"), folder.join("parser/moves")).unwrap();
    assert!(Pipeline::from_dir(&package).is_err());
}
