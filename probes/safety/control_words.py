"""Knows by its words what pressing a control would mean, so that nothing is filed where the address tells nothing.

The grammar is that of commands, not of titles: 提交申请 or 确认并支付 is an act, the guide 企业注销登记 in a list
of results is a link to read. Source: the words of government portals (portals.md §1.1, §1.6) and plain language.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from probes.browser.used_control import FIND_CONTROL

LABEL_LENGTH_MAX = 24  # characters; what is longer is a sentence or a card, not a command
NO_WORDS = re.compile(r"[\W\d_]+")


class ControlMeaning(StrEnum):
    """What pressing a control means."""

    HARMLESS = "harmless"
    ENTRANCE = "entrance"  # 预约, 立即申报: the way in on a guide page, the act itself inside a form
    FINAL = "final"  # 提交, 支付, 取消预约 …: never pressed


BEFORE = (
    "(?:请|点此|点击|立即|马上|现在|即刻|我要|我已|去|在线|网上|线上|一键|同意|阅读|已阅|知悉|承诺|无误|直接|继续|再次|重新|"
    "最终|正式|批量|全部|并|且|和|及|的|并且|确认|确定|保存|填写|完成|免费)*"
)
THING = (
    "(?:此|该|本|这个|当前|我的|所选|选中|全部)*(?:申请表?|申报表?|预约|订单|评价|材料|表单|信息|办件|业务|事项|账号|账户|用户|记录|"
    "草稿|号源|号|时段|时间|意见|建议|承诺书?|费用|订金|资料|问卷|答卷|数据|内容|办理|受理|审核|审批|登记表|个人信息|手机号?|"
    "服务|授权|证照|许可|评分|投诉|留言|咨询|反馈)*"
)
AFTER = "(?:(?:并|且|后)?(?:完成|退出|返回|下一步|生效|关闭|打印|提交|支付|缴费|预约|申请|申报))*[吗吧了]?"
FINAL_ACT = (
    "(?:提交|递交|呈交|报送|上报|缴费|缴纳|缴款|支付|付款|付费|下单|购买|确认|确定|取消|撤销|撤回|撤件|撤办|注销|删除|清空|移除|"
    "评价|评分|打分|好评|差评|签署|签字|签名|签收|授权|保存|暂存|存草稿|存为草稿|发布|解绑|绑定|解除绑定|退款|退号|领取|抢号|锁号|占号|(?:非常|比较|基本)?不?满意)"
)
ENTRANCE_ACT = "(?:预约|申请|申报|申办|报名|挂号|取号|投诉|举报|办理)"
FINAL = f"{BEFORE}{FINAL_ACT}{THING}{AFTER}"
FINAL_ENGLISH = (
    "(?:confirm|submit|pay|cancel|delete|remove|rate|sign|save|agree|withdraw|revoke|unsubscribe|purchase|checkout|discard)"
    "(?:(?:and|my|the|this|now|it)|application|appointment|booking|order|payment|draft|form|account|rating|submit|pay)*"
)
ENTRANCE = f"{BEFORE}{ENTRANCE_ACT}(?:办理|预约|申请|申报|事项|业务|服务|本事项)?"
FINAL_WORDS = re.compile(f"{FINAL}|{FINAL_ENGLISH}")
ENTRANCE_WORDS = re.compile(ENTRANCE)


def meaning_of(texts: Iterable[str]) -> ControlMeaning:
    """Return the gravest meaning of a control's words, one line at a time."""
    meanings = {meaning_of_line(line) for text in texts for line in text.splitlines()}
    for gravest in (ControlMeaning.FINAL, ControlMeaning.ENTRANCE):
        if gravest in meanings:
            return gravest
    return ControlMeaning.HARMLESS


def meaning_of_line(line: str) -> ControlMeaning:
    """Return what one line of words means; blanks, digits, signs and full width do not matter."""
    plain = NO_WORDS.sub("", unicodedata.normalize("NFKC", line)).lower()
    if not plain or len(plain) > LABEL_LENGTH_MAX:
        return ControlMeaning.HARMLESS
    if FINAL_WORDS.fullmatch(plain):
        return ControlMeaning.FINAL
    return ControlMeaning.ENTRANCE if ENTRANCE_WORDS.fullmatch(plain) else ControlMeaning.HARMLESS


CONTROL_TEXTS = """element => {
  const control = element.closest('button, a, input, [role=button], [role=link], summary') || element;
  const leads = !/^(radio|checkbox)$/.test(element.type || '') && element.tagName !== 'LABEL';
  if (/^(radio|checkbox)$/.test(control.type || '')) return {texts: [], href: '', leads};
  const pressed = /^(button|submit|reset|image)$/.test(control.type || '') && control.localName === 'input';
  const named = (control.getAttribute('aria-labelledby') || '').split(/\\s+/).map(id => document.getElementById(id));
  const texts = [control.innerText, pressed ? control.value : '', ...['aria-label', 'title', 'alt'].map(
    name => control.getAttribute(name)), ...named.map(other => other && other.innerText),
    ...[...control.querySelectorAll('img[alt]')].map(image => image.alt)];
  return {texts: texts.filter(Boolean).map(String), href: control.href ? String(control.href) : '', leads};
}"""
"""Read the words of a control and where it leads; a choice (radio, checkbox) is no act, and nothing that leads on."""

FIND_AND_READ = (
    "(selector, within, text) => { const read = "
    + CONTROL_TEXTS
    + "; const element = ("
    + FIND_CONTROL
    + ")(selector, within, text); return element && read(element); }"
)
"""The same of a control that is named by its words; ``null`` while there is none."""

CLICK_WATCH = (
    "(() => { const act = new RegExp('^(?:' + "
    + repr(f"{FINAL}|{FINAL_ENGLISH}")
    + " + ')$'); const read = "
    + CONTROL_TEXTS
    + """;
  const plain = text => text.normalize('NFKC').replace(/[^\\p{L}]+/gu, '').toLowerCase();
  const meant = text => text.split('\\n').map(plain).find(line => line && line.length <= """
    + str(LABEL_LENGTH_MAX)
    + """ && act.test(line));
  window.addEventListener('click', event => {
    const element = event.composedPath().find(node => node instanceof Element);
    if (!element) return;
    const {texts, href} = read(element);
    if (!texts.some(meant)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.yueceRefused?.(texts.join(' ').slice(0, 120), href || location.href);
  }, true);
})()"""
)
"""Keeps a page, too, from pressing a final control by itself; Enter in a form clicks the default button as well."""
