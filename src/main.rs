//! Arguments to command, error kind to exit code and hint.

fn main() {}
