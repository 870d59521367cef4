"""A made-up country to learn with: `write.write_demo` writes its files. Nothing in it is or comes from a real place."""
