"""Personal data out of a text before a model, a log, a trace or a metric sees it.

Numbers are masked where their own check digits (身份证号, 统一社会信用代码, 银行卡号) or their form (手机号, 固定电话,
车牌号, 电子邮箱) confirm them; names and addresses where they are marked as such or have the form of one. The numbers
of laws, documents and amounts stay as they are.
"""

from assistant.masking.masked import Masked, mask
from assistant.masking.numbers import is_bank_card, is_credit_code, is_identity_card, kind_of
from assistant.masking.words import is_name

__all__ = ["Masked", "is_bank_card", "is_credit_code", "is_identity_card", "is_name", "kind_of", "mask"]
