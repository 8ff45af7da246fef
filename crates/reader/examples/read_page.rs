//! Prints the blocks and the metadata of the pages named on the command line.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use demarche_reader::{Hint, read};

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) => {
                eprintln!("{path}: {e}");
                continue;
            }
        };
        match read(&bytes, &Hint { source: path.clone(), ..Hint::default() }) {
            Ok(page) => {
                println!("== {path}");
                for block in &page.blocks {
                    println!("{:<13} {}", format!("{:?}", block.kind), block.span.of(&page.text));
                }
                println!("{:#?}\nnotes: {:?}", page.meta, page.notes);
            }
            Err(e) => println!("== {path}: {e}"),
        }
    }
}
