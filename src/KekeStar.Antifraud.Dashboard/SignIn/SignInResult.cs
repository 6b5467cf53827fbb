namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>How a sign-in with a password ended.</summary>
internal enum SignInResult
{
    /// <summary>The person is signed in.</summary>
    Done,

    /// <summary>Name or password is wrong, or the account is locked or disabled. Which of them, nobody is told.</summary>
    Refused,

    /// <summary>Too many try at this moment.</summary>
    Busy,
}
