namespace KekeStar.Antifraud.Intake.RiskTools;

/// <summary>
/// What a tool is for; a set of bits, so that what a device has installed is one number. A bit is never given another
/// meaning. What a match is worth is the policy's business.
/// </summary>
[Flags]
internal enum RiskToolCategory : ulong
{
    /// <summary>No known tool.</summary>
    None = 0,

    /// <summary>Changes the behaviour of other apps from inside: Xposed and its like, Frida.</summary>
    HookFramework = 1UL << 0,

    /// <summary>Gives or administers root rights.</summary>
    RootManager = 1UL << 1,

    /// <summary>Hides root, hooks or installed software from other apps.</summary>
    Concealment = 1UL << 2,

    /// <summary>Runs several copies of one app (多开).</summary>
    MultiOpen = 1UL << 3,

    /// <summary>Runs a second Android inside an app on the phone.</summary>
    VirtualSystem = 1UL << 4,

    /// <summary>Gives a device new identifiers (改机).</summary>
    DeviceChanger = 1UL << 5,

    /// <summary>Lets a program or one person drive many phones (群控), or is the agent of a test farm.</summary>
    GroupControl = 1UL << 6,

    /// <summary>Lets a person drive the phone from afar.</summary>
    RemoteControl = 1UL << 7,

    /// <summary>Clicks and types by script.</summary>
    AutoClicker = 1UL << 8,

    /// <summary>Has captchas solved by paid people or programs (打码).</summary>
    CaptchaSolver = 1UL << 9,

    /// <summary>Part of an Android emulator on a computer.</summary>
    Emulator = 1UL << 10,

    /// <summary>Client or agent of phones in a data centre (云手机).</summary>
    CloudPhone = 1UL << 11,

    /// <summary>Forges the location.</summary>
    LocationFaker = 1UL << 12,

    /// <summary>Forges the motion sensors.</summary>
    MotionFaker = 1UL << 13,

    /// <summary>Reads or changes the app's traffic.</summary>
    PacketCapture = 1UL << 14,

    /// <summary>Changes the public address on demand (秒拨).</summary>
    ProxyChanger = 1UL << 15,

    /// <summary>VPN or proxy client; common among honest users.</summary>
    Vpn = 1UL << 16,

    /// <summary>Marks a jailbroken iOS.</summary>
    Jailbreak = 1UL << 17,
}
