namespace KekeStar.Antifraud.Simulation.People;

/// <summary>A version of the operating system as a phone reports it.</summary>
/// <param name="Version">Build.VERSION.RELEASE, or the version of iOS.</param>
/// <param name="Build">Build.DISPLAY in the maker's form, or the build number of iOS.</param>
internal readonly record struct SystemBuild(string Version, string Build);
