"""Mistakes that are not of the program: what, where, why, and how to mend it."""

from __future__ import annotations

import errno

from sim.bilingual import Sentence


class LeverError(ValueError):
    """A lever of another package that cannot be used."""


class ConfigurationError(ValueError):
    """A mistake in the configuration: what, where, why, and how to mend it."""


OF_SYSTEMS = {
    errno.ENOENT: "没有这个文件或目录", errno.EACCES: "没有权限", errno.EPERM: "不允许此操作", errno.EEXIST: "已存在", errno.EISDIR: "它是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹", errno.ENOSPC: "磁盘空间不足", errno.EROFS: "该文件系统只读", errno.ENAMETOOLONG: "名称过长",
    errno.ELOOP: "符号链接成环", errno.EMFILE: "打开的文件过多", errno.ENFILE: "打开的文件过多", errno.EIO: "读写设备出错", errno.EBUSY: "正被占用",
    errno.ENOMEM: "内存不足", errno.EINVAL: "名称或参数无效", errno.EDQUOT: "超出磁盘配额", errno.EFBIG: "文件过大",
    errno.ENOTEMPTY: "文件夹不是空的", errno.EXDEV: "不在同一磁盘上", errno.ENODEV: "没有这个设备",
    errno.EADDRINUSE: "端口已被占用", errno.EADDRNOTAVAIL: "本机没有这个地址",
}  # fmt: skip
"""Number of an error of the operating system → what it is in Chinese."""
OF_NO_NUMBER = "系统未能完成此操作"


def why_of(error: BaseException) -> Sentence:
    """Return why something was not done: of the operating system in both languages, of a library in its own words."""
    english = getattr(error, "strerror", None) or (str(error).splitlines() or [""])[0] or type(error).__name__
    return Sentence(english, OF_SYSTEMS.get(error.errno or 0, OF_NO_NUMBER) if isinstance(error, OSError) else english)
