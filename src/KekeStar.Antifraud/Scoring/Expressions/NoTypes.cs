using System.Linq.Dynamic.Core.CustomTypeProviders;
using System.Reflection;

namespace KekeStar.Antifraud.Scoring.Expressions;

/// <summary>Offers the expression library no type and no method at all; its default searches every loaded assembly.</summary>
internal sealed class NoTypes : IDynamicLinqCustomTypeProvider
{
    /// <inheritdoc/>
    public HashSet<Type> GetCustomTypes() => [];

    /// <inheritdoc/>
    public Dictionary<Type, List<MethodInfo>> GetExtensionMethods() => [];

    /// <inheritdoc/>
    public Type? ResolveType(string typeName) => null;

    /// <inheritdoc/>
    public Type? ResolveTypeBySimpleName(string simpleTypeName) => null;
}
