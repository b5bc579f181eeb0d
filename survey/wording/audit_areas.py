"""Which acts belong together, for whoever looks for one kind of them."""

from survey.domain.audit import Action
from survey.wording import N_

# An action that stands nowhere here is among the others.
AREAS: dict[str, tuple[str, frozenset[Action]]] = {
    "sign-in": (
        N_("Đăng nhập, đăng xuất"),
        frozenset({Action.SIGNED_IN, Action.SIGN_IN_REFUSED, Action.SIGNED_OUT, Action.RECOVERY_CODE_USED}),
    ),
    "accounts": (
        N_("Tài khoản và vai trò"),
        frozenset(
            {
                Action.STAFF_CREATED,
                Action.STAFF_INVITED,
                Action.STAFF_DISABLED,
                Action.STAFF_ENABLED,
                Action.ROLE_GRANTED,
                Action.ROLE_REVOKED,
                Action.RESET_LINK_MADE,
                Action.PASSWORD_CHANGED,
                Action.AUTHENTICATOR_SET,
                Action.AUTHENTICATOR_REMOVED,
                Action.RECOVERY_CODES_MADE,
                Action.SESSIONS_ENDED,
                Action.IDENTITY_LINKED,
                Action.TOKEN_CREATED,
                Action.TOKEN_REVOKED,
            }
        ),
    ),
    "files": (
        N_("Tải và xuất dữ liệu"),
        frozenset(
            {
                Action.DOWNLOADED,
                Action.EXPORTED,
                Action.RATES_CALLED,
                Action.BACKUP_MADE,
                Action.BACKUP_RESTORED,
            }
        ),
    ),
    "catalogue": (
        N_("Danh mục và mẫu phiếu"),
        frozenset(
            {
                Action.CATALOGUE_IMPORTED,
                Action.UNIT_ADDED,
                Action.UNIT_CHANGED,
                Action.UNITS_MERGED,
                Action.MERGER_UNDONE,
                Action.PROCEDURE_ADDED,
                Action.PROCEDURE_CHANGED,
                Action.PROCEDURE_RETIRED,
                Action.PROCEDURE_RESTORED,
                Action.QUESTIONNAIRE_PUBLISHED,
            }
        ),
    ),
    "comments": (
        N_("Góp ý, phiền hà, xóa dữ liệu hết hạn"),
        frozenset(
            {
                Action.COMMENTS_BATCHED,
                Action.COMMENTS_VIEWED,
                Action.COMMENTS_SORTED,
                Action.THEME_ADDED,
                Action.ANSWER_PUBLISHED,
                Action.ANSWER_WITHDRAWN,
                Action.INTEGRITY_COUNTED,
                Action.INTEGRITY_VIEWED,
                Action.RETENTION_PURGED,
                Action.DOSSIER_KEY_DESTROYED,
            }
        ),
    ),
    "points": (
        N_("Điểm thu thập và máy"),
        frozenset(
            {
                Action.POINT_CREATED,
                Action.POINT_CHANGED,
                Action.PAIRING_CREATED,
                Action.PAIRING_REVOKED,
                Action.DEVICE_PAIRED,
                Action.DEVICE_REVOKED,
                Action.QUEUE_IMPORTED,
                Action.INVITATIONS_SENT,
                Action.INVITATIONS_REVOKED,
                Action.PAPER_OPENED,
                Action.PAPER_COUNTED,
                Action.PAPER_DROPPED,
                Action.PAPER_ACCEPTED,
                Action.PAPER_IMPORTED,
            }
        ),
    ),
    "figures": (
        N_("Số liệu, mục tiêu, tạm giữ phiếu"),
        frozenset(
            {
                Action.FIGURES_FROZEN,
                Action.TARGET_SET,
                Action.TARGET_REMOVED,
                Action.ANSWERS_FLAGGED,
                Action.ANSWERS_QUARANTINED,
                Action.QUARANTINE_RELEASED,
            }
        ),
    ),
}
OTHERS = N_("Việc khác")
