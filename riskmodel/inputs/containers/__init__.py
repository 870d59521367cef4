"""One reader per kind of container: bytes or a path come in, cells as text and what the container told come out."""
