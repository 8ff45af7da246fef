//! Source bytes to Page: article, metadata, furniture.
