"""How accounts differ from django-allauth's defaults: no sign-up, sealed secrets, narrow writes."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinic import sign_in_words
from clinic.envelope import NONCE, keyring


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator."""

    error_messages = {**DefaultAccountAdapter.error_messages, **sign_in_words.ACCOUNT}

    def is_open_for_signup(self, request) -> bool:
        """Nobody signs up."""
        return False

    def set_password(self, user, password: str) -> None:
        """The app's login may write this column and few others."""
        user.set_password(password)
        user.save(update_fields=["password"])


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of second factors are sealed: allauth stores them in plain text unless these two say otherwise."""

    error_messages = {**DefaultMFAAdapter.error_messages, **sign_in_words.SECOND_FACTOR}

    def encrypt(self, text: str) -> str:
        """The text under the active wrapping key: version 1, key id, nonce, ciphertext; in hex."""
        ring, nonce = keyring(), secrets.token_bytes(NONCE)
        sealed = AESGCM(ring.wrapping[ring.active]).encrypt(nonce, text.encode(), b"mfa")
        return (b"\x01" + ring.active + nonce + sealed).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again, by whichever key sealed it."""
        sealed = bytes.fromhex(encrypted_text)
        key = keyring().wrapping[sealed[1:9]]
        return AESGCM(key).decrypt(sealed[9 : 9 + NONCE], sealed[9 + NONCE :], b"mfa").decode()
