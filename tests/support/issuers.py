"""An OpenID Connect provider on loopback that signs real tokens, and can be told to sign wrong ones."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

KEY, OTHER_KEY = (RSAKey.generate_key(2048, {"kid": "1", "use": "sig"}) for _ in range(2))
CLIENT_ID, CLIENT_SECRET = "survey", "a secret between two"


@dataclass
class Issuer:
    """The provider: who would sign in, and what to change in the token before it is signed."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    signer: RSAKey = field(default_factory=lambda: KEY)
    unsigned: bool = False
    asked: dict[str, str] = field(default_factory=dict)

    def visit(self, address: str) -> str:
        """What a browser does at the provider: the path with code and state to which it is sent back."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}" == self.url
        self.asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        assert self.asked["code_challenge_method"] == "S256"
        assert self.asked["response_type"] == "code"
        return f"{urlsplit(self.asked['redirect_uri']).path}?code=c0de&state={self.asked['state']}"

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        answers = {"/.well-known/openid-configuration": self._document, "/keys": self._keys, "/token": self._token}
        body, status = answers[request.path](request)
        return Response(json.dumps(body), status, content_type="application/json")(environ, start_response)

    def _document(self, request: Request) -> tuple[Any, int]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "none"],
        }, 200

    def _keys(self, request: Request) -> tuple[Any, int]:
        return {"keys": [KEY.as_dict(private=False)]}, 200

    def _token(self, request: Request) -> tuple[Any, int]:
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        given = request.authorization
        right = given is not None and (given.username, given.password) == (CLIENT_ID, CLIENT_SECRET)
        if not right or request.form["code"] != "c0de" or challenge != self.asked["code_challenge"]:
            return {"error": "invalid_grant"}, 400
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": self._signed()}, 200

    def _signed(self) -> str:
        now = int(time.time())
        standard = {"iss": self.url, "aud": CLIENT_ID, "nonce": self.asked["nonce"], "iat": now, "exp": now + 60}
        claims = {**standard, **self.claims}
        if self.unsigned:
            parts = ({"alg": "none"}, claims)
            return (
                ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts)
                + "."
            )
        return jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signer)


@contextmanager
def issuing() -> Iterator[Issuer]:
    """A provider on a free port."""
    issuer = Issuer()
    server = make_server("127.0.0.1", 0, issuer, threaded=True)
    issuer.url = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield issuer
    server.shutdown()
    thread.join()
    server.server_close()
