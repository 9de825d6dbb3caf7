"""What ``yizhan bench`` says."""

from __future__ import annotations

from sim.bilingual import Sentence

WORDS: dict[str, Sentence] = {
    "measuring": Sentence("Measuring {part} ({what}) …", "正在测量：{part}（{what}）……"),
    "market": Sentence("The engine beside the same market written otherwise", "引擎与同一市场的其他写法对照"),
    "growth": Sentence("Growth with people, and memory", "随人数的增长与内存"),
    "start": Sentence("Start", "启动"),
    "phases": Sentence("Where a day goes, every lever on", "一天的时间花在哪里（全部政策工具开启）"),
    "levers": Sentence("What each lever costs over the market alone", "各政策工具相对只有市场的成本"),
    "people": Sentence("people", "人数"),
    "days": Sentence("days", "天数"),
    "of": Sentence("what", "项目"),
    "numpy_over_engine": Sentence("NumPy over engine", "NumPy / 引擎"),
    "plain_mesa_over_engine": Sentence("plain Mesa over engine", "纯 Mesa / 引擎"),
    "engine": Sentence("engine, ns", "引擎，纳秒"),
    "plain_mesa": Sentence("plain Mesa, ns", "纯 Mesa，纳秒"),
    "numpy": Sentence("NumPy, ns", "NumPy，纳秒"),
    "nanoseconds": Sentence("ns a person and day", "纳秒/人/天"),
    "run": Sentence("run, s", "运行，秒"),
    "make": Sentence("make, s", "建立，秒"),
    "memory": Sentence("memory, MB", "内存，MB"),
    "world_memory": Sentence("of it the world, MB", "其中模拟世界，MB"),
    "share": Sentence("share", "占比"),
    "over_alone": Sentence("times the market alone", "为只有市场的倍数"),
    "processor": Sentence("processor, s", "处理器，秒"),
    "clock": Sentence("by the clock, s", "时钟，秒"),
    "cold": Sentence("cold, compiling", "首次（编译）"),
    "warm": Sentence("warm", "之后"),
    "market_alone": Sentence("market alone", "只有市场"),
    "all_levers": Sentence("all levers", "全部政策工具"),
    "market_note": Sentence("Processor time of one thread for a person's day, in turn on the same worlds: median (lowest-highest), "
        "rounds: {repeat}; ratios pair by pair. The references have the rules of search, screening and hiring alone; what they leave out is "
        "switched off in the engine.",
        "单线程处理器时间，对同一批模拟世界轮流测量：{repeat} 轮的中位数（最低-最高），比值逐对计算。"
        "对照写法只含搜寻、筛选与录用规则，其余规则在引擎中关闭。"),
    "growth_note": Sentence("Default region with everything in it, no programme; each size in processes of its own, memory is their peak.",
        "默认地区的全部规则，没有方案；每种规模各用独立进程，内存为其峰值。"),
    "start_note": Sentence("A run of 500 people and two days, the whole process; cold: with an empty folder of compiled code.",
        "500 人、两天的一次运行，整个进程；首次指编译结果目录为空。"),
    "phases_note": Sentence("Processor time, {people} people, {days} days, less what a call costs; phases are described in docs/model.md.",
        "处理器时间，{people} 人、{days} 天，已减去调用开销；各阶段见 docs/model.md。"),
    "levers_note": Sentence("Processor time, {people} people, {days} days; each lever alone, of a generous size, in turn with the market alone.",
        "处理器时间，{people} 人、{days} 天；每次只开一项政策工具（规模较大），与只有市场轮流测量。"),
    "growth_ratio": Sentence("A person's day at {largest} people costs {ratio} times that at {smallest}.",
        "{largest} 人时每人每天的成本为 {smallest} 人时的 {ratio} 倍。"),
    "start_ratio": Sentence("A cold start takes {ratio} times a warm one (processor time).", "首次启动的处理器时间为之后的 {ratio} 倍。"),
    "load": Sentence("Other programs are running (load {load} on {cores} cores): trust the ratios, not the seconds.",
        "有其他程序在运行（负载 {load}，{cores} 核）：请看比值，不要看秒数。"),
}


FIGURES: dict[str, Sentence] = {
    "market": Sentence("Times the engine's processor time, same market", "处理器时间为引擎的倍数（同一市场）"),
    "growth": Sentence("ns a person and day", "纳秒/人/天"),
    "phases": Sentence("Share of a day's processor time", "占一天处理器时间的比例"),
    "levers": Sentence("Times the market alone", "为只有市场的倍数"),
}
"""Part → what its figure's axis says."""
