"""What people are told and asked before they agree: versioned texts as data, and pure functions over them."""
