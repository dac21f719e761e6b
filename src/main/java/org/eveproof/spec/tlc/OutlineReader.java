package org.eveproof.spec.tlc;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SourcePosition;
import org.eveproof.spec.SpecOutline;
import tla2sany.semantic.ASTConstants;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.LabelNode;
import tla2sany.semantic.ModuleNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDeclNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.SubstInNode;
import tla2sany.st.Location;
import tlc2.tool.Action;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.ToolGlobals;
import tlc2.tool.impl.FastTool;
import tlc2.util.Vect;
import util.UniqueString;

/** Reads off the semantic tree what a specification declares. */
final class OutlineReader {
  private final FastTool tool;
  private final ModuleFiles files;
  private final UniqueString[] variables;
  private final ModuleNode root;
  private final Map<String, String> propertyOfPart = new LinkedHashMap<>();

  OutlineReader(FastTool tool, ModuleFiles files, UniqueString[] variables) {
    this.tool = tool;
    this.files = files;
    this.variables = variables;
    this.root = tool.getRootModule();
    Vect<?> names = tool.getModelConfig().getProperties();
    for (int i = 0; i < names.size(); i++) {
      propertyOfPart.put(names.elementAt(i).toString(), names.elementAt(i).toString());
    }
    for (String name : List.copyOf(propertyOfPart.keySet())) {
      OpDefNode definition = root.getOpDef(name);
      if (definition != null) {
        addParts(definition.getBody(), name, new HashSet<>());
      }
    }
  }

  SpecOutline outline(List<ActionInstance> instances, Map<ActionInstance, Action> actions) {
    return new SpecOutline(
        root.getName().toString(),
        constants(),
        variables(),
        actions(instances, actions),
        properties(),
        new TreeMap<>(tool.getModelConfig().getOverrides()),
        definitions());
  }

  private List<SpecOutline.Variable> variables() {
    Map<UniqueString, SourcePosition> positions = new HashMap<>();
    for (OpDeclNode declaration : tool.getSpecProcessor().getVariablesNodes()) {
      positions.put(declaration.getName(), position(declaration));
    }
    List<SpecOutline.Variable> inOrder = new ArrayList<>();
    for (UniqueString name : variables) {
      SourcePosition position = positions.get(name);
      if (position == null) {
        throw new AssertionError("no declaration of " + name);
      }
      inOrder.add(new SpecOutline.Variable(name.toString(), position));
    }
    return inOrder;
  }

  private List<SpecOutline.Constant> constants() {
    List<SpecOutline.Constant> constants = new ArrayList<>();
    for (OpDeclNode constant : root.getConstantDecls()) {
      Object value = tool.lookup(constant);
      String text =
          value instanceof OpDefNode operator ? operator.getName().toString() : value.toString();
      constants.add(
          new SpecOutline.Constant(constant.getName().toString(), text, position(constant)));
    }
    return constants;
  }

  private static List<SpecOutline.Action> actions(
      List<ActionInstance> instances, Map<ActionInstance, Action> actions) {
    Map<String, SpecOutline.Action> distinct = new LinkedHashMap<>();
    for (ActionInstance instance : instances) {
      Action action = actions.get(instance);
      if (action == null) {
        throw new AssertionError("no action for " + instance);
      }
      SemanticNode place = action.getOpDef() == null ? action.pred : action.getOpDef();
      distinct.putIfAbsent(
          instance.name(),
          new SpecOutline.Action(
              instance.name(), List.copyOf(instance.parameters().keySet()), position(place)));
    }
    return List.copyOf(distinct.values());
  }

  private List<SpecOutline.Property> properties() {
    Map<String, Set<SpecOutline.Kind>> kinds = new LinkedHashMap<>();
    collect(kinds, tool.getInvNames(), SpecOutline.Kind.INVARIANT);
    collect(kinds, tool.getImpliedInitNames(), SpecOutline.Kind.INITIAL);
    collect(kinds, tool.getImpliedActNames(), SpecOutline.Kind.STEP);
    collect(kinds, tool.getImpliedTemporalNames(), SpecOutline.Kind.TEMPORAL);
    List<SpecOutline.Property> properties = new ArrayList<>();
    kinds.forEach((name, of) -> properties.add(new SpecOutline.Property(name, of, position(name))));
    return properties;
  }

  private void collect(
      Map<String, Set<SpecOutline.Kind>> kinds, String[] parts, SpecOutline.Kind kind) {
    for (String part : parts) {
      kinds
          .computeIfAbsent(property(part), any -> EnumSet.noneOf(SpecOutline.Kind.class))
          .add(kind);
    }
  }

  /**
   * Returns the property of the configuration that a part belongs to: TLC takes conjunctions and
   * refinements apart, and calls the parts by their places or by operators inside.
   */
  String property(String part) {
    return propertyOfPart.getOrDefault(part, part);
  }

  private void addParts(SemanticNode formula, String property, Set<SemanticNode> seen) {
    if (!seen.add(formula)) {
      return;
    }
    propertyOfPart.putIfAbsent(formula.getTreeNode().getLocation().toString(), property);
    if (formula instanceof SubstInNode substitution) {
      addParts(substitution.getBody(), property, seen);
    } else if (formula instanceof LabelNode label) {
      addParts(label.getBody(), property, seen);
    } else if (formula instanceof OpApplNode application) {
      int opcode = BuiltInOPs.getOpCode(application.getOperator().getName());
      if (opcode == ToolGlobals.OPCODE_cl || opcode == ToolGlobals.OPCODE_land) {
        for (ExprOrOpArgNode conjunct : application.getArgs()) {
          addParts(conjunct, property, seen);
        }
      } else if (opcode == 0
          && tool.lookup(application.getOperator()) instanceof OpDefNode definition
          && definition.getBody() != null) {
        propertyOfPart.putIfAbsent(definition.getName().toString(), property);
        addParts(definition.getBody(), property, seen);
      }
    }
  }

  private SourcePosition position(String operator) {
    OpDefNode definition = root.getOpDef(operator);
    return definition == null
        ? new SourcePosition(root.getName().toString(), 0, 0)
        : position(definition);
  }

  private static SourcePosition position(SemanticNode node) {
    return ModuleFiles.position(node.getTreeNode().getLocation());
  }

  private List<SpecOutline.Definition> definitions() {
    List<SpecOutline.Definition> definitions = new ArrayList<>();
    for (ModuleNode module :
        tool.getSpecProcessor().getSpecObj().getExternalModuleTable().getModuleNodes()) {
      if (files.isStandardModule(module.getName().toString())) {
        continue;
      }
      for (OpDefNode operator : module.getOpDefs()) {
        if (module.equals(operator.getOriginallyDefinedInModuleNode())
            && operator.equals(operator.getSource())) {
          Location location = operator.getTreeNode().getLocation();
          definitions.add(
              new SpecOutline.Definition(
                  operator.getName().toString(),
                  module.getName().toString(),
                  location.beginLine(),
                  location.endLine(),
                  normalised(operator, location)));
        }
      }
    }
    return definitions;
  }

  /** Drops comments and white space, and puts each item of a bulleted list into parentheses. */
  private String normalised(OpDefNode operator, Location location) {
    Map<Long, Integer> opening = new HashMap<>();
    Map<Long, Integer> closing = new HashMap<>();
    if (operator.getKind() == ASTConstants.UserDefinedOpKind) {
      markItems(operator.getBody(), opening, closing);
    }
    return SourceText.normalised(
        files.text(location), location.beginLine(), location.beginColumn(), opening, closing);
  }

  private static void markItems(
      SemanticNode node, Map<Long, Integer> opening, Map<Long, Integer> closing) {
    if (node instanceof OpApplNode application) {
      int opcode = BuiltInOPs.getOpCode(application.getOperator().getName());
      if (opcode == ToolGlobals.OPCODE_cl || opcode == ToolGlobals.OPCODE_dl) {
        for (ExprOrOpArgNode item : application.getArgs()) {
          Location place = item.getTreeNode().getLocation();
          opening.merge(SourceText.key(place.beginLine(), place.beginColumn()), 1, Integer::sum);
          closing.merge(SourceText.key(place.endLine(), place.endColumn()), 1, Integer::sum);
        }
      }
    }
    SemanticNode[] children = node.getChildren();
    if (children != null) {
      for (SemanticNode child : children) {
        // SANY leaves gaps, for CASE ... OTHER and for unbounded quantifiers.
        if (child != null) {
          markItems(child, opening, closing);
        }
      }
    }
  }
}
