namespace KekeStar.Antifraud.Dashboard.SignIn;

/// <summary>The ways to sign in.</summary>
/// <param name="HasAccounts">With an account of the dashboard's own.</param>
/// <param name="HasCompany">Through the organisation's identity provider.</param>
internal sealed record SignInOffer(bool HasAccounts, bool HasCompany);
