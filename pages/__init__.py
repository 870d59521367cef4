"""One thin file per screen: read state, call the library, draw."""
