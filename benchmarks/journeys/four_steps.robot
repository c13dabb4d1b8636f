*** Settings ***
Documentation       The four steps of benchmarks/four_steps.py for robotframework-browser: a trace and a picture per step.
Library             Browser    timeout=15s
Library             OperatingSystem
Library             Collections

*** Test Cases ***
Four Steps
    ${plan} =    Evaluate    json.loads(os.environ['FOUR_STEPS'])    modules=json, os
    New Browser    chromium    headless=True    executablePath=${plan}[browser]
    FOR    ${item}    IN    @{plan}[items]
        New Context    viewport={'width': 1280, 'height': 800}    locale=zh-CN    tracing=True
        New Page    ${plan}[home]    wait_until=domcontentloaded
        Fill Text    .site-search input[name=keyword]    ${item}[title]
        Click    .site-search button[type=submit]
        Wait For Elements State    .result-card >> nth=0
        Take Screenshot
        Open Guide    ${item}
        Take Screenshot
        Click    div.matters-head-action-wrapper >> text=预约
        Wait For Elements State    .calendar-day >> nth=0
        Take Screenshot
        Open Guide    ${item}
        Click    text=在线办理
        Wait For Elements State    input[name=username] >> nth=0
        Take Screenshot
        Close Context
    END

*** Keywords ***
Open Guide
    [Arguments]    ${item}
    Go To    ${item}[guide]    wait_until=domcontentloaded
    Wait For Elements State    .title-name >> nth=0
