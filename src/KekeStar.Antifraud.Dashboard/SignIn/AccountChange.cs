namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>How a change of an account, or of a password, ended.</summary>
internal enum AccountChange
{
    /// <summary>Done, and on disk.</summary>
    Done,

    /// <summary>The name is none: 1 to 64 of a-z, 0-9, '.', '_' and '-'.</summary>
    BadName,

    /// <summary>There is an account of that name.</summary>
    NameTaken,

    /// <summary>There is no account of that name.</summary>
    NotFound,

    /// <summary>There are <see cref="SignInLimits.MaxAccounts"/> accounts already.</summary>
    Full,

    /// <summary>It has to keep a role.</summary>
    NoRole,

    /// <summary>It is the last administrator who can sign in.</summary>
    LastAdministrator,

    /// <summary>The old password is not right.</summary>
    WrongPassword,

    /// <summary>The new password is too short.</summary>
    TooShort,

    /// <summary>The new password is too long.</summary>
    TooLong,

    /// <summary>The new password is one that everybody knows, or the account's name, or hardly more than one character.</summary>
    TooCommon,

    /// <summary>The new password is the old one.</summary>
    Unchanged,

    /// <summary>The file or the audit log did not take it; nothing was changed.</summary>
    NotWritten,
}
