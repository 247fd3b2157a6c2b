using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LifetimeMonitoring.Analyzers;

/// <summary>Tells which expressions certainly name an object that stays alive after the code that names it.</summary>
internal static class Holders
{
    /// <summary>Whether the result of a factory is a variable or field outside the factory that keeps its value.</summary>
    public static bool Keeps(IOperation result, IAnonymousFunctionOperation factory)
    {
        if (result.Type is not { IsReferenceType: true } || result.ConstantValue.HasValue) return false;
        IOperation root = Enclosing.Root(factory);
        return result switch
        {
            ILocalReferenceOperation local => IsKeptLocal(local.Local, factory, root),
            IParameterReferenceOperation parameter =>
                IsOutside(parameter.Parameter, factory) && Variables.KeepsFirstValue(parameter.Parameter, root),
            IFieldReferenceOperation field => field.Field.IsReadOnly && IsOfThisOrStatic(field),
            IPropertyReferenceOperation property => IsKeptProperty(property.Property) && IsOfThisOrStatic(property),
            _ => false,
        };
    }

    /// <summary>Whether the variable belongs to the method or lambda directly around a lambda.</summary>
    public static bool IsOutside(ISymbol variable, IAnonymousFunctionOperation lambda) =>
        SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, lambda.Symbol.ContainingSymbol);

    /// <summary>Whether the variable has a value from its declaration on.</summary>
    public static bool IsGivenValue(ILocalSymbol local, IOperation root) =>
        Variables.Declaration(local, root) is not { } declaration
        || Variables.InitialValue(declaration) is { ConstantValue.HasValue: false };

    private static bool IsKeptLocal(ILocalSymbol local, IAnonymousFunctionOperation factory, IOperation root) =>
        IsOutside(local, factory) && IsGivenValue(local, root) && Variables.KeepsFirstValue(local, root);

    private static bool IsOfThisOrStatic(IMemberReferenceOperation member) =>
        member.Member.IsStatic
        || member.Instance is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };

    // A property without a setter whose value the compiler stores in a field.
    private static bool IsKeptProperty(IPropertySymbol property) =>
        property is { SetMethod: null, IsAbstract: false, IsVirtual: false, IsOverride: false, IsIndexer: false }
        && property.ContainingType.GetMembers().OfType<IFieldSymbol>()
            .Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));
}
