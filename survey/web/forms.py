"""Forms of staff pages, each with its CSRF token."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from survey.domain.accounts import EMAIL_LENGTH, PASSWORD_MOST


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Who and password. What is wrong with them is never told apart."""

    email = StringField(_l("Thư điện tử"), validators=[InputRequired(), Length(max=EMAIL_LENGTH)])
    password = PasswordField(_l("Mật khẩu"), validators=[InputRequired(), Length(max=PASSWORD_MOST)])


class PairingForm(FlaskForm):  # type: ignore[misc]
    """The code that staff made for a kiosk."""

    code = StringField(_l("Mã ghép máy"), validators=[InputRequired(), Length(max=20)])
