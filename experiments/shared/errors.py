"""What can go wrong, by who has to mend it."""

from __future__ import annotations

import errno

from sim.bilingual import Sentence

TRACEBACK = "YIZHAN_TRACEBACK"
"""Environment variable that lets an error of the program end in a traceback."""


class MistakeError(Exception):
    """A mistake of the user: exit status 2. The message says what, where, why and how to mend it."""


class FailedError(Exception):
    """The run failed for what it found, or the machine did: exit status 1."""


class OutputError(OSError):
    """What is said cannot be written: standard output is a full disk, say. What was found is as good as ever."""


NO_ROOM = ("failed to map segment", "cannot allocate memory", "can't start new thread", "out of memory", "not enough memory")
"""What a loader or a library says when memory runs out."""


OF_SYSTEMS = {
    errno.ENOENT: "没有这个文件或目录", errno.EACCES: "没有权限", errno.EPERM: "不允许此操作", errno.EEXIST: "已存在", errno.EISDIR: "它是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹", errno.ENOSPC: "磁盘空间不足", errno.EROFS: "该文件系统只读", errno.ENAMETOOLONG: "名称过长",
    errno.ELOOP: "符号链接成环", errno.EMFILE: "打开的文件过多", errno.ENFILE: "打开的文件过多", errno.EIO: "读写设备出错", errno.EBUSY: "正被占用",
    errno.ENOMEM: "内存不足", errno.EINVAL: "名称或参数无效", errno.EDQUOT: "超出磁盘配额", errno.EFBIG: "文件过大",
    errno.ENOTEMPTY: "文件夹不是空的", errno.EXDEV: "不在同一磁盘上", errno.ENODEV: "没有这个设备",
}  # fmt: skip
"""Number of an error of the operating system → what it is in Chinese."""
OF_NO_NUMBER = "系统未能完成此操作"


def why_of(error: BaseException) -> Sentence:
    """Return why the operating system did not do something, in both languages."""
    english = getattr(error, "strerror", None) or type(error).__name__
    return Sentence(english, OF_SYSTEMS.get(getattr(error, "errno", None) or 0, OF_NO_NUMBER))


def lacks_memory(error: BaseException) -> bool:
    """Tell whether too little memory is behind an error, whatever a library has made of it on the way."""
    seen: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in seen:
        seen.append(cause)
        if isinstance(cause, MemoryError) or (isinstance(cause, OSError) and cause.errno == errno.ENOMEM):
            return True
        if any(sign in str(cause).lower() for sign in NO_ROOM):
            return True
        cause = cause.__cause__ or cause.__context__
    return False
