"""The pages that stand in the way in the scenarios, worded as portals and firewalls word them."""


def page(title: str, text: str) -> str:
    """Make a small page."""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>"
    )


CAPTCHA = page("安全验证", "请输入验证码后继续访问 <input name='captcha'><button>验证</button>")
SLIDER = page("访问验证", "请按住滑块，拖动到最右边 <div class='slider'></div> 请完成验证后继续")
WAF = page("访问被拦截", "您的请求已被网站防火墙阻断，事件编号 9d2c71。请求已被拦截。")
CHALLENGE = page("请稍候", "正在检查您的浏览器，完成后将自动跳转……<noscript>请开启 JavaScript</noscript>")
TOO_FAST = page("提示", "您的访问过于频繁，请一小时后再试。")
BUSY = page("提示", "系统繁忙，请稍后再试。")
PAUSE_NOW = page("系统维护公告", "因系统升级维护，{start}至{end}暂停服务，给您带来不便敬请谅解。")
PAUSE_OVER = page("系统维护公告", "因系统升级维护，2020年1月3日22:00至2020年1月4日6:00暂停服务，给您带来不便敬请谅解。")
PAUSE_ALWAYS = page("提示", "系统维护中，请稍后再试。")
PAUSE_LATER = page("提示", "系统将于{tomorrow}进行升级维护。系统繁忙，请稍后再试。")
GONE = page("提示", "您访问的页面不存在或已下线。")
NOT_OPEN = page("提示", "该事项暂未开通网上办理，敬请期待。")
ERROR = page("500 Internal Server Error", "The server encountered an internal error.")
LOGIN = page("用户登录", "<form><input name='u'><input name='p' type='password'><button>登录</button></form>")

POPUP = (
    "<div id='mask' style='position:fixed;inset:0;background:rgba(0,0,0,.6);z-index:9999'>"
    "<div role='dialog' style='margin:20vh auto;width:400px;background:#fff;padding:20px'>"
    "<p>关于进一步优化营商环境的通知</p>"
    "<button type='button' onclick=\"document.getElementById('mask').remove()\">我知道了</button></div></div>"
)
ALERT = "<script>alert('欢迎访问广东政务服务网');</script>"
CONFIRM = "<script>confirm('是否参加满意度调查？');</script>"
LEAVE = (
    "<script>addEventListener('beforeunload', event => { event.preventDefault(); event.returnValue = '1'; });</script>"
)
ENDLESS = "<script>for (;;) {}</script>"
ENDLESS_LATER = "<script>setTimeout(() => { for (;;) {} }, 300);</script>"
GREEDY = "<script>const kept = []; for (;;) kept.push(new Array(1e5).fill(0).map((_, at) => ({at, one: {}})));</script>"
CLOSES = "<script>setTimeout(() => { open('', '_self'); close(); }, 50);</script>"
HEAVY_ERROR = "<script>throw new Error('广告脚本出错');</script>"
SCROLLED = "<script>addEventListener('load', () => setInterval(() => scrollBy(0, 5), 20));</script>"
FRAMED = (
    "<script>setInterval(() => { const root = document.getElementById('guide');"
    " if (!root || !root.dataset.ready || document.querySelector('iframe')) return;"
    " const frame = document.createElement('iframe'); frame.style = 'width:100%;height:900px';"
    " frame.srcdoc = root.innerHTML; root.replaceWith(frame); }, 20);</script>"
)


def renamed(words: str, selector: str = ".matters-head-action-wrapper a", old: str = "预约") -> str:
    """Make a script that writes other words on a page's buttons as soon as they are there."""
    return (
        "<script>new MutationObserver(() => document.querySelectorAll("
        f"'{selector}').forEach(one => {{ if (one.textContent.trim() === '{old}') one.textContent = '{words}'; }}))"
        ".observe(document, {childList: true, subtree: true});</script>"
    )


def reclassed(selector: str, other: str) -> str:
    """Make a script that gives elements another class as soon as they are there."""
    return (
        "<script>new MutationObserver(() => document.querySelectorAll("
        f"'{selector}').forEach(one => {{ one.className = '{other}'; }}))"
        ".observe(document, {childList: true, subtree: true});</script>"
    )


def new_tab(selector: str) -> str:
    """Make a script that lets entrances open in a new tab."""
    return (
        f"<script>new MutationObserver(() => document.querySelectorAll('{selector}').forEach(one => "
        "{ one.target = '_blank'; })).observe(document, {childList: true, subtree: true});</script>"
    )
