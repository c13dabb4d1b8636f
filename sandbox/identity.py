"""The one synthetic citizen who can log in, and the tokens of the login."""

import secrets
from dataclasses import dataclass, field

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK_CHARACTERS = "10X98765432"


@dataclass(frozen=True, kw_only=True)
class Citizen:
    """A person who does not exist; the identity number's district 441799 is assigned to no place."""

    username: str
    password: str
    full_name: str
    id_number: str
    phone: str


def complete_id_number(first_17: str) -> str:
    """Append the check character of GB 11643 to the first 17 digits of an identity number."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, ID_WEIGHTS, strict=True))
    return first_17 + ID_CHECK_CHARACTERS[total % 11]


TEST_CITIZEN = Citizen(
    username="yj_sandbox_01",
    password="Ceshi-2021",
    full_name="测试员甲",
    id_number=complete_id_number("44179919900101999"),
    phone="19900000000",
)


@dataclass(kw_only=True)
class Identity:
    """One-time codes of the login host and session tokens of the application host."""

    codes: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)

    def check(self, username: str, password: str) -> bool:
        """Say whether these are the synthetic citizen's credentials."""
        return username == TEST_CITIZEN.username and password == TEST_CITIZEN.password

    def give_code(self) -> str:
        """Make a one-time code for a login that succeeded."""
        code = secrets.token_hex(12)
        self.codes.add(code)
        return code

    def open_session(self, code: str) -> str | None:
        """Change a one-time code into a session token; None when the code is unknown or used."""
        if code not in self.codes:
            return None
        self.codes.remove(code)
        token = secrets.token_hex(16)
        self.tokens.add(token)
        return token

    def drop_session(self, token: str) -> None:
        """End a session."""
        self.tokens.discard(token)
