"""Screening without the database: the factors that are asked, the medicines that interact, and the rules over both."""
